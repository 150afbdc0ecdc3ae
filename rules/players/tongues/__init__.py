"""What bots say and understand, a file a language and one lexicon for both: data, and the reading of words."""
