# The room around the game: the closed door, the lobby's small forms, the bar and the files of the table.

room-closed-help-taken_over = You sit at this table in another window or on another machine. Only one of them plays.
room-closed-help-barred = The host decided so. Another room will have you.
room-closed-help-no_such_room = Check the code with whoever sent it. Rooms that stand empty are cleared away.
room-closed-help-frozen = Nothing that was played is lost. Come back a little later.
room-closed-help-other = Call again. If that does not help, reload the page.

room-rename = Change name
room-rename-save = Change it
room-hand-final = { $name } decides about this room from now on. Only they can give it back.
room-here = on the wire
room-not-here = off the wire
room-missing = Still missing
room-nobody-here = Alone? Fill the table with bots and begin: two clicks.
room-token-title = A seat for a program
room-token-once = This token is the key to the seat. It is shown only now: copy it, and give it to nobody but the program.
room-token-copy = Copy the token
room-token-run = To try it with the example in the game’s source:
room-token-copy-run = Copy the command
room-token-lost = Lost it? Remove the program from the seat and invite it again.

room-owe = You owe
room-menu = The table
room-menu-people = People at the table
room-menu-alone = Nobody but you and the bots.
room-dismiss-final = { $name } leaves the match for good, and a bot takes the seat.
room-suspicion-scale = From { $summons } a seat may be summoned. From { $condemned } it is condemned at the end.
room-moved-up = { $count } more than before
room-moved-down = { $count } less than before
room-deal-first = Read it while nobody looks over your shoulder.
room-cover-note = Turn this over when nobody looks over your shoulder.
room-cover-open = Turn it over
room-cover-shut = Cover it
room-tab-owed = Something is owed
room-tab-report = New report

## What a voice tells

room-news-report = The report of night { $turn } is in.
room-news-summoned = { $seat } is summoned to the Room.
room-news-summoned-me = You are summoned to the Room.
room-news-locked = You are in the Room. The other wires are cut until the night is over.

## The bots of a table

room-bot-title = Who sits as { $seat }?
room-bot-conscript = Anything that is allowed, at random. Good company for a first try.
room-bot-officer = Knows the trade: looks after its role, makes promises and mostly keeps them.
room-bot-strategist = Weighs who everybody may be and tries its orders out beforehand. Plays to win.
room-bot-program = A bot of your own, over the documented protocol.

## Who is away, and who is not wanted

room-stand-in = an officer stands in
room-stood-in = An officer plays for you.
room-stood-in-more = You made no move for two phases. It knows what your seat knows, and all that it does is in your file.
room-take-back = Take your seat back
room-missed = You missed a choice.
room-missed-more = One more, and an officer plays for you. Any move tells the table that you are here.
room-i-am-here = I am here
room-news-stood-in = An officer stands in for { $seat }.
room-news-back = { $seat } is back.
room-seat-menu = About { $seat }
room-mute = Mute
room-mute-more = Their words fold away, for you alone. Forms stay: they are part of the game.
room-unmute = Hear again
room-unmute-more = Their words are shown as everybody’s.
room-is-muted = muted by you
room-muted = { $seat } is muted.
room-heard-again = { $seat } is heard again.
room-block = Block
room-block-more = Rooms that you host will not exist for them. They are not told.
room-block-final = Rooms that you host will not exist for { $name }, until you let them off.
room-blocked = { $name } is blocked.
room-send-more = For good. In a match, an officer takes the seat.
room-blocked-list = Blocked by you: { $count }
room-unblock = Let off
room-unblocked = { $name } is not blocked any more.
