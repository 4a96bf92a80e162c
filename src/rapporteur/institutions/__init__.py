"""Rules and facts in, answers out: what an institution's rules make of moves told, on a day (docs/institutions.md)."""
