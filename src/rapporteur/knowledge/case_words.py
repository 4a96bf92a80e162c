"""The closed vocabulary of questions about institutions: kinds, facts, outcomes, keys (``docs/institutions.md``)."""

from __future__ import annotations

#: What can be asked, and how each may be answered.
OUTCOMES = {
    "decision": ("adopted", "not_adopted", "blocked", "no_opinion"),
    "status": (
        "in_force", "terminated", "withdrawn", "pending", "extended", "not_effective", "held", "lifted", "disputed",
        "blocked",
    ),
    "deadline": ("deadline",),
}  # fmt: skip
KINDS = tuple(OUTCOMES)

#: Moves that a fact may be.
FACT_TYPES = (
    "vote", "decide", "propose", "object", "lift", "abstain", "constructive_abstention", "set_silence", "adopt",
    "enter_into_force", "milestone", "notify", "refer", "extend", "suspend_notice", "resume_notice", "withdraw",
    "suspend", "dispute", "decline", "announce", "bill", "apply", "sign", "ratify", "invite", "deposit", "join",
    "convene", "meet",
)  # fmt: skip

#: Further fields of a fact, beside ``date, type, by, object, event``.
FACT_FIELDS = frozenset(
    "tally yes no abstain absent not_voting sponsors procedural council_size majority participating yes_population_pct "
    "no_population_pct renews until stops scope population_pct deadline name source supposed".split()
)

#: What an answer may say.
KEYS = tuple(
    "outcome blocked_by effective deadline until effective_utc effective_end would_be_effective "
    "deadline_before_extension default default_date clock_start days reason tally needed majority_of "
    "yes_share_of_voting veto_applies effect not_obliged suspended_by last_ratifier scope_open can_stop would_end also "
    "readings".split()
)
#: Keys whose values are lists without an order.
SETS = frozenset({"blocked_by", "not_obliged", "suspended_by", "scope_open", "can_stop", "would_end"})
