# The end of a match: how the seats came out, and the whole file.

judgement-winners = { $count ->
    [0] Nobody has won.
    [one] { $count } officer has won.
   *[other] { $count } officers have won.
}
judgement-by-default = He wrote no name, so the thickest file was taken.
judgement-points-of = { $points } points
judgement-held-books = held: { $books }
judgement-patron = served { $role }
judgement-heard = heard: { $sector } { $level }
judgement-directive = Directive
judgement-came = What came
judgement-orders = Who did what
judgement-powers = Powers and the Room
judgement-files = Why the files grew
judgement-still = No file moved.
judgement-nothing-used = No power was used.
judgement-traced = found: { $found }
judgement-learnt-role = learnt: { $role }
judgement-learnt-books = learnt the books: { $books }
judgement-learnt-no-books = learnt: no books
judgement-learnt-orders = learnt every order of { $seat }
judgement-demand-role = The Interrogator wanted to know who the prisoner was.
judgement-demand-orders = The Interrogator wanted every order that the prisoner had given.
judgement-demand-books = The Interrogator wanted the codebooks.
judgement-answer-confess = The prisoner confessed.
judgement-answer-endure = The prisoner endured.
judgement-answer-denounce = The prisoner denounced { $seat }.
judgement-granted = Moscow granted a regiment: { $sector }.
judgement-filter = Which words
judgement-filter-all = All
judgement-none-there = Nobody used this.
judgement-promise-night = night { $turn }
judgement-ledger-sum = { $kept } true, { $broken } not true, { $open } never tested
judgement-checking = Working the hash out…
judgement-bound = This browser worked the hash out again: it is the one shown at the deal.
judgement-unbound = The hash does not fit. Seed, salt or hash is not the one that bound this match.
judgement-unchecked = This browser does not hash on a page without https. Any shell does:
judgement-in-shell = The same in a shell:
judgement-wire-note = The wire stays open. Nobody has anything left to hide.
judgement-copy-command = Copy the command
judgement-leave = You give up your chair at this table. The file stays open until you go.
