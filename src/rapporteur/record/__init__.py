"""The record room: readings to one ledger, and views of it, true as of any day. It never reads text."""
