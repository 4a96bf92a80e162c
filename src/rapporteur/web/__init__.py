"""The ledger to look at: pages and a REST API over it, with no rules of their own. See ``app.make_app``."""
