"""One run of one row: its seed, its folder, its figures, and the benches that it builds up and that are judged."""

import random
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos import oracle
from tests.chaos.bench import Bench
from tests.chaos.figures import Figures


@dataclass
class Trial:
    """What a scenario is handed. All that is drawn in it comes from `lot`, so a seed repeats what can be repeated."""

    seed: int
    figures: Figures
    lot: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.lot = random.Random(self.seed)
        random.seed(self.seed)  # for what a bot chooses by it

    @asynccontextmanager
    async def bench(
        self,
        workers: int = 2,
        *,
        by_lines: bool = False,
        store: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
        url: str = "",
    ) -> AsyncIterator[Bench]:
        """A store with workers on it. When the block ends well, everything that happened on it is judged.

        `by_lines`: each worker reaches the store by a line of its own that can be tampered with. `store` are settings
        of Valkey, `environment` settings of the workers. `url`: a store that is there already.
        """
        folder = Path(tempfile.mkdtemp(prefix="chaos-"))
        bench = Bench(folder, self.lot, by_lines=by_lines, store=store, environment=environment, url=url)
        try:
            await bench.start(workers)
            yield bench
            await oracle.judge(bench, self.figures)
        except BaseException:
            self.figures.faults += bench.last_words()
            raise
        finally:
            await bench.stop()
            shutil.rmtree(folder, ignore_errors=True)
