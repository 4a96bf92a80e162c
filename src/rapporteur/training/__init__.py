"""Training of the ranking model from coded sentences. Needs the extra ``[train]``; nothing else imports it."""
