# The wire: threads, messages, the press language, the drawers under it.

wire-title = The wire
wire-threads = Who hears it
wire-group-open = Everyone
wire-group-moscow = Moscow
wire-group-room = The Room
wire-group-letter = Letters
wire-group-wireless = Wireless
wire-group-between = Other people’s letters
wire-thread-letter = Letters with { $seat }
wire-thread-between = Letters between { $one } and { $other }
wire-thread-wireless = Wireless in the { $book }
wire-next-unread = { $count ->
    [one] { $count } unread elsewhere
   *[other] { $count } unread elsewhere
}
wire-about-open = Everybody hears this, watchers too.
wire-about-letter = Sealed: { $seat } reads it. Pavel sees the envelope.
wire-about-wireless = In cipher: whoever holds the { $book } reads it, and who sent it.
wire-about-moscow = It goes to Moscow. Somebody there reads it and sees your call sign.
wire-about-moscow-beria = What the others write to Moscow comes to you. You may sign as Moscow.
wire-about-room = One table, two chairs, no witnesses.
wire-about-between = They do not know that you are reading.

## Messages

wire-log-of = Messages: { $thread }
wire-night = Night { $turn }
wire-before = Before the first night
wire-after = After the last night
wire-new-line = new
wire-new-below = { $count ->
    [one] { $count } new message
   *[other] { $count } new messages
}
wire-to-end = To the newest
wire-you = You
wire-interrogator = The Interrogator
wire-muted = Muted by you.
wire-muted-show = Show these words
wire-you-interrogator = You, as the Interrogator
wire-moscow = Moscow
wire-to-moscow = to Moscow
wire-signed-all = to everyone
wire-signed-you = for you alone
wire-signed-seat = for { $seat } alone
wire-signed-by-you = You signed this.
wire-mark-tap = tap
wire-mark-opened = opened
wire-sheet-line = line { $line } of the sheet
wire-unseen = something you have not read
wire-empty-open = Nobody has spoken yet. Somebody has to begin.
wire-empty-letter = Nothing has passed between you yet.
wire-empty-wireless = Silence on this frequency.
wire-empty-moscow = Moscow has said nothing yet.
wire-empty-room = The lamp is on. Nobody has said a word.
wire-agree = Agreed
wire-refuse = No
wire-agreed-by = { $who } agreed
wire-refused-by = { $who } said no

## Writing

wire-write = Your message
wire-write-open = To everyone…
wire-write-letter = A sealed letter to { $seat }…
wire-write-wireless = In the { $book }…
wire-write-moscow = To Moscow…
wire-write-sign-all = As Moscow, to everyone…
wire-write-sign = As Moscow, to { $seat }…
wire-write-room = Across the table…
wire-send = Send
wire-sending = Sending…
wire-offline = The line is down. It goes out when the line is back.
wire-keys = Enter sends, Shift+Enter breaks the line
wire-use-form = Use a form
wire-use-words = Use words
wire-length = { $count } of { $most } characters
wire-over = { $count ->
    [one] { $count } character too many
   *[other] { $count } characters too many
}
wire-left-letter = { $count ->
    [one] { $count } letter left tonight
   *[other] { $count } letters left tonight
}
wire-left-wireless = { $count ->
    [one] { $count } transmission left tonight
   *[other] { $count } transmissions left tonight
}
wire-left-sign = { $count ->
    [one] { $count } line of Moscow’s left tonight
   *[other] { $count } lines of Moscow’s left tonight
}
wire-not-sent = Not sent: { $why }
wire-kept = Kept, not sent: { $text }
wire-sign-as = Who signs
wire-sign-none = I do, and only I read it
wire-sign-all = Moscow, to everyone
wire-sign-seat = Moscow, to { $seat }
wire-shut-watching = You are watching. Only the five at the table speak.
wire-shut-others = Not your letters. You can only read them.
wire-shut-room = You are in the Room. The wire is cut until the night is over; then you read what you missed.
wire-shut-left_room = Nobody sits in the Room with you now.
wire-shut-deal = The wire opens with the first night.
wire-shut-spent = You have used up what you had for tonight.
wire-shut-spent_sign = Moscow has said enough for tonight.
wire-shut-phase = This channel is closed in this phase.

## The press language

wire-form-title = A form, read by everyone in their own language
wire-form-reads = It will read:
wire-form-kind = What kind
wire-form-seat = Which officer
wire-form-role = Which role
wire-form-order = Which order
wire-form-sector = Which road
wire-form-level = How heavy
wire-form-bargain = a bargain: this for that
wire-form-give = I give
wire-form-want = I want
wire-form-send = Send the form
wire-kind-will = I shall…
wire-kind-ask = Will you…?
wire-kind-thrust = The thrust is…
wire-kind-name = Let us name…
wire-kind-am = I am…
wire-kind-suspect = I suspect…
wire-slip-will = promise
wire-slip-ask = request
wire-slip-thrust = intelligence
wire-slip-name = a name
wire-slip-am = who I am
wire-slip-suspect = suspicion
wire-slip-offer = bargain
wire-slip-agree = agreed
wire-slip-refuse = refused
wire-the-river = the river
wire-the-forest = the forest
wire-the-rail = the railway
wire-at-river = at the river
wire-at-forest = in the forest
wire-at-rail = on the railway
wire-to-river = to the river
wire-to-forest = into the forest
wire-to-rail = to the railway
wire-from-river = from the river
wire-from-forest = from the forest
wire-from-rail = from the railway
wire-do-hold = hold { $the }
wire-do-withdraw = fall back { $from }
wire-do-ambush = lay an ambush { $at }
wire-do-counterattack = counterattack { $at }
wire-do-mines = lay mines { $at }
wire-do-guns = bring the guns { $to }
wire-do-smoke = lay smoke { $at }
wire-do-request = have a regiment sent { $to }
wire-do-paperwork = spend the night on paperwork
wire-says-thrust = The thrust { $at } is { $level }.
wire-says-will = I shall { $do }.
wire-says-ask = { $seat }, will you { $do }?
wire-says-name = At the inquiry, let us name { $seat }.
wire-says-am = I am { $role }.
wire-says-suspect = I take { $seat } for { $role }.
wire-says-offer = From me: { $give } In return: { $want }
wire-says-agree = Agreed: { $what }
wire-says-refuse = No: { $what }
wire-quote = “{ $words }”

## Moscow's own lines

wire-line-1 = We read your reports. We also read what is not in them.
wire-line-2 = Remember who lent you this army.
wire-line-3 = A retreat is a report that somebody has signed.
wire-line-4 = The map in this office shows no withdrawals.
wire-line-5 = Your silence has been filed.
wire-line-6 = Explanations are to be sent before the event.
wire-line-7 = Initiative will be noted. So will the name.
wire-line-8 = Moscow does not sleep. See to it that you do not either.

## Codebooks

wire-books = Codebooks
wire-books-held = { $count ->
    [0] you hold none
    [one] you hold { $count }
   *[other] you hold { $count }
}
wire-book-yours = yours
wire-book-dealt = Dealt to: { $roles }
wire-book-compromised = Compromised: a copy was taken at the border.
wire-books-note = Who has a book reads everything in it, past and future. Copies may have gone round since the deal.
wire-hand-which = Which book
wire-hand-to = To whom
wire-hand = Hand on a copy
wire-hand-final = { $to } gets a copy of the { $book } and reads everything ever sent in it. It cannot be taken back.
wire-hand-shut = A copy can be handed on while the wire is open and you are free.
wire-handed = The copy is on its way.

## Envelopes

wire-envelopes = Envelopes
wire-envelopes-count = { $count ->
    [0] none tonight
    [one] { $count } tonight
   *[other] { $count } tonight
}
wire-envelopes-note = Every letter of the others, from the outside. You may open one a night.
wire-envelopes-none = No letters yet. Sooner or later somebody writes.
wire-envelope-line = { $from } to { $to }
wire-envelope-open = Open
wire-envelope-read = Read it
wire-envelope-sealed = sealed
wire-envelope-final = Open the letter from { $from } to { $to }? It is the only one you may open tonight.

## Intercepts

wire-intercepts = Intercepts
wire-intercepts-count = { $count ->
    [one] { $count } night on file
   *[other] { $count } nights on file
}
wire-intercepts-note = What was on the air: every seat sends the same number of lines, all of one length. What nobody wrote is noise.
wire-intercept-read = You could read this one
