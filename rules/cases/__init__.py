"""The published adjudicator cases: numbered positions, as data, with the outcome that the rulebook wants."""
