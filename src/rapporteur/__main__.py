"""``python -m rapporteur``: the same as the ``rapporteur`` command."""

from rapporteur.cli import main

if __name__ == "__main__":
    main()
