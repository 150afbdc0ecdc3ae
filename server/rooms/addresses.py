"""Where the store is: the address that an operator writes, read once. Below the loop.

It opens nothing and must not know the client library. A server by itself, a master that sentinels name, or a cluster.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


class Kind(StrEnum):
    """Who answers for the store."""

    SERVER = "server"
    SENTINEL = "sentinel"
    CLUSTER = "cluster"


_SERVERS = {"unix": "unix", "redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss"}
_SENTINEL_PORT, _CLUSTER_PORT = 26379, 6379
SCHEMES = (*_SERVERS, *(f"{name}+{kind}" for name in _SERVERS if name != "unix" for kind in ("sentinel", "cluster")))


@dataclass(frozen=True, slots=True)
class Address:
    """`url` is a server's alone, `hosts` are sentinels or nodes of a cluster, `service` is the master's name.

    `replicas`: how many have to confirm a commit where the operator does not say: one, where there are any.
    """

    kind: Kind
    url: str = ""
    hosts: tuple[tuple[str, int], ...] = ()
    service: str = ""
    db: int = 0
    tls: bool = False
    username: str | None = None
    password: str | None = None
    sentinel_username: str | None = None
    sentinel_password: str | None = None

    @property
    def replicas(self) -> int:
        """How many replicas confirm a commit if nothing else was set."""
        return 0 if self.kind is Kind.SERVER else 1


def read_address(url: str) -> Address:
    """An address, or ValueError with what is expected; a password never stands in the error."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in SCHEMES:
        raise ValueError(f"the store's address must begin with one of {', '.join(f'{s}://' for s in SCHEMES)}")
    name, _, kind = scheme.partition("+")
    if not kind:
        return Address(Kind.SERVER, url=f"{_SERVERS[name]}://{rest}")
    parts = urlsplit(f"store://{rest}")
    found = _many(parts, Kind(kind), tls=_SERVERS[name] == "rediss")
    if found.kind is Kind.SENTINEL and not found.service:
        raise ValueError("the address of sentinels ends with the name of their master: redis+sentinel://host:port/name")
    if found.kind is Kind.CLUSTER and (found.service or found.db):
        raise ValueError("the address of a cluster has neither a path nor a database")
    return found


def _many(parts: SplitResult, kind: Kind, *, tls: bool) -> Address:
    who, _, hosts = parts.netloc.rpartition("@")
    username, _, password = who.partition(":")
    asked = dict(parse_qsl(parts.query))
    unknown = asked.keys() - {"db", "sentinel_username", "sentinel_password"}
    if unknown:
        raise ValueError(
            f"the store's address knows no {', '.join(sorted(unknown))}; NINETEENTH_ settings say the rest"
        )
    return Address(
        kind,
        hosts=tuple(
            _host(word, _SENTINEL_PORT if kind is Kind.SENTINEL else _CLUSTER_PORT) for word in hosts.split(",")
        ),
        service=unquote(parts.path.strip("/")),
        db=_number(asked.get("db", "0")),
        tls=tls,
        username=unquote(username) or None,
        password=unquote(password) or None,
        sentinel_username=asked.get("sentinel_username"),
        sentinel_password=asked.get("sentinel_password"),
    )


def _host(word: str, usual_port: int) -> tuple[str, int]:
    host, separator, port = word.rpartition(":")
    if (word.startswith("[") and word.endswith("]")) or not separator:
        host, port = word, str(usual_port)
    if not host or not port.isdigit():
        raise ValueError("the store's address names its hosts as host:port,host:port")
    return host.strip("[]"), int(port)


def _number(word: str) -> int:
    if not word.isdigit():
        raise ValueError("the database in the store's address is a number")
    return int(word)
