"""The shipped frames' own examples, through the whole reading: ``rapporteur frames check`` as a test."""

from __future__ import annotations

import pytest

from rapporteur import Reader
from rapporteur.evaluation.frame_examples import Checked, check_examples
from rapporteur.events import RuleRanker
from rapporteur.knowledge.frames import FRAMES, frame_files, load_frames

# Frames of which an example is not read as it says, and whose fault that is. A frame that is read again must go.
FAULTS = {
    "AID.disaster_help": "a pattern can't ask what kind of team is sent; CONSULT.attend's delegations are as narrow",
}
IDS = [frame.id for frame in load_frames().frames]


@pytest.fixture(scope="module")
def checked() -> dict[str, list[Checked]]:
    """All examples by frame, read once."""
    found: dict[str, list[Checked]] = {}
    for result in check_examples(frame_files(FRAMES), Reader(ranker=RuleRanker())):
        found.setdefault(result.frame, []).append(result)
    return found


@pytest.mark.parametrize("id", IDS)
def test_a_frame_reads_its_own_examples(id: str, checked: dict[str, list[Checked]]) -> None:
    missed = [f"{r.file}:{r.line}: {r.text} wanted {r.wanted}, read {r.found}" for r in checked[id] if not r.met]
    if id in FAULTS:
        assert missed, f"{id} reads its examples again: take it off FAULTS"
    else:
        assert not missed, "\n".join(missed)


def test_the_list_of_faults_is_short_and_of_frames_that_exist() -> None:
    assert set(FAULTS) <= set(IDS)
    assert len(FAULTS) < 15
