# Конец партии: чем кончилось для каждого, и всё дело целиком.

judgement-winners = { $count ->
    [0] Не победил никто.
    [one] Победил { $count } офицер.
    [few] Победили { $count } офицера.
   *[many] Победили { $count } офицеров.
}
judgement-by-default = Имени он не написал, и взяли самое толстое дело.
judgement-points-of = Очков: { $points }
judgement-held-books = книги: { $books }
judgement-patron = служил: { $role }
judgement-heard = слух: { $sector }, { $level }
judgement-directive = Директива
judgement-came = Что пришло
judgement-orders = Кто что сделал
judgement-powers = Возможности и допрос
judgement-files = Отчего росли дела
judgement-still = Ни одно дело не изменилось.
judgement-nothing-used = Возможностями никто не воспользовался.
judgement-traced = найдено: { $found }
judgement-learnt-role = узнано: { $role }
judgement-learnt-books = узнано о книгах: { $books }
judgement-learnt-no-books = узнано: книг нет
judgement-learnt-orders = узнаны все приказы: { $seat }
judgement-demand-role = Следователь хотел знать, кто перед ним.
judgement-demand-orders = Следователь хотел знать все приказы арестованного.
judgement-demand-books = Следователь хотел знать о шифровальных книгах.
judgement-answer-confess = Арестованный признался.
judgement-answer-endure = Арестованный вытерпел.
judgement-answer-denounce = Арестованный донёс: { $seat }.
judgement-granted = Москва дала полк: { $sector }.
judgement-filter = Какие слова
judgement-filter-all = Все
judgement-none-there = Этим никто не пользовался.
judgement-promise-night = ночь { $turn }
judgement-ledger-sum = правда: { $kept }, неправда: { $broken }, не проверено: { $open }
judgement-checking = Считаем число заново…
judgement-bound = Этот браузер посчитал число заново: оно то самое, что показали при раздаче.
judgement-unbound = Число не сходится. Зерно, соль или само число не те, что связали эту партию.
judgement-unchecked = На странице без https браузер такого не считает. Посчитает любая консоль:
judgement-in-shell = То же в консоли:
judgement-wire-note = Связь остаётся открытой. Скрывать больше нечего.
judgement-copy-command = Скопировать команду
judgement-leave = Вы освобождаете место за этим столом. Дело открыто, пока вы не вышли.
