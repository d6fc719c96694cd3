"""The schema, step by step. Steps are append-only: a released one never changes.

Every business row has an id, a version and a tombstone, and reaches its client by one key.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from console.domain.search import NOUNS
from console.errors import KnownError
from console.storage import digits, journal, search
from console.storage.bundle_schema import m0010_conflicts
from console.storage.connection import Database, has_table
from console.storage.orders_schema import m0008_orders
from console.storage.register_schema import m0006_registers

if TYPE_CHECKING:
    from sqlite_utils import Migrations

SCHEMA: Final = 10
"""Written beside every unit of the journal; grows with each step below."""

_SET: Final = "klientela"


def apply(db: Database, before: Callable[[Database, int], object] | None = None) -> None:
    """Bring the database up to the newest schema.

    Args:
        db: an open database.
        before: makes a backup before a database that holds something is changed; is given
            the schema that it has.

    Raises:
        KnownError: ``database-newer`` where a newer program has written it already.
    """
    done = applied(db)
    names = [step.__name__ for step in _STEPS]
    if not done <= set(names):
        raise KnownError("database-newer")
    if done == set(names):
        return
    if done and before:
        before(db, len(done))
    _migrations(db).apply(db.utils)


def applied(db: Database) -> set[str]:
    """Return the names of the steps that a database has behind it."""
    if not has_table(db, "_sqlite_migrations"):
        return set()
    found = db.conn.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (_SET,))
    return {row[0] for row in found}


def _migrations(db: Database) -> "Migrations":
    """Return the steps as sqlite-utils runs them, each in a transaction of its own."""
    from sqlite_utils import Migrations

    made = Migrations(_SET)
    for step in _STEPS:
        made(name=step.__name__)(_without_utils(step, db))
    return made


def _without_utils(step: Callable[[Database], None], db: Database) -> "Callable[[object], None]":
    """Return a step that works on our own connection, whatever it is called with."""
    return lambda _utils: step(db)


_RECORD: Final = "id INTEGER PRIMARY KEY, version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT"
_OF_CLIENT: Final = f"{_RECORD}, client_id INTEGER NOT NULL REFERENCES clients"

_TABLES: Final = {
    "clients": f"""{_RECORD},
        name TEXT NOT NULL, ico TEXT NOT NULL, dic TEXT NOT NULL DEFAULT '',
        data_box TEXT NOT NULL DEFAULT '', seat TEXT NOT NULL DEFAULT '',
        billing_address TEXT NOT NULL DEFAULT '', customer_account TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT ''""",
    "contacts": f"""{_OF_CLIENT},
        name TEXT NOT NULL, function TEXT NOT NULL DEFAULT '',
        department TEXT NOT NULL DEFAULT '', landline TEXT NOT NULL DEFAULT '',
        mobile TEXT NOT NULL DEFAULT '', fax TEXT NOT NULL DEFAULT '',
        email TEXT NOT NULL DEFAULT '', authorised INTEGER NOT NULL DEFAULT 0,
        may_order INTEGER, valid_until TEXT, note TEXT NOT NULL DEFAULT ''""",
    "authorities": f"""{_OF_CLIENT},
        contact_id INTEGER NOT NULL REFERENCES contacts, actions TEXT NOT NULL DEFAULT '[]',
        cost_centres TEXT NOT NULL DEFAULT '[]', numbers TEXT NOT NULL DEFAULT '[]',
        valid_from TEXT, valid_until TEXT, mandate TEXT NOT NULL DEFAULT ''""",
    "agreements": f"""{_OF_CLIENT},
        key TEXT NOT NULL, name TEXT NOT NULL, valid_from TEXT NOT NULL, terms TEXT NOT NULL""",
    "closures": f"""{_OF_CLIENT}, day TEXT NOT NULL, reason TEXT NOT NULL DEFAULT ''""",
    "lines": f"""{_OF_CLIENT},
        msisdn TEXT NOT NULL, sim_id INTEGER REFERENCES sims, holder TEXT NOT NULL DEFAULT '',
        department TEXT NOT NULL DEFAULT '', cost_centre TEXT NOT NULL DEFAULT '',
        tariff TEXT NOT NULL DEFAULT '', data_mb INTEGER, roaming TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL DEFAULT 'active', activated_on TEXT, commitment_until TEXT,
        note TEXT NOT NULL DEFAULT ''""",
    "line_changes": f"""{_OF_CLIENT},
        line_id INTEGER NOT NULL REFERENCES lines, effective_on TEXT NOT NULL,
        field TEXT NOT NULL, before TEXT NOT NULL DEFAULT '', after TEXT NOT NULL DEFAULT '',
        request_id INTEGER REFERENCES requests""",
    "sims": f"""{_OF_CLIENT},
        line_id INTEGER REFERENCES lines DEFERRABLE INITIALLY DEFERRED,
        iccid TEXT NOT NULL, puk TEXT NOT NULL DEFAULT '',
        form TEXT NOT NULL DEFAULT '', valid_from TEXT, valid_until TEXT""",
    "tariffs": f"""{_OF_CLIENT},
        code TEXT NOT NULL, name TEXT NOT NULL, monthly_fee TEXT NOT NULL, list_fee TEXT,
        included_minutes INTEGER, minute_price TEXT, included_sms INTEGER, sms_price TEXT,
        included_mb INTEGER, mb_price TEXT, vat_rate TEXT NOT NULL, valid_from TEXT,
        valid_until TEXT, note TEXT NOT NULL DEFAULT ''""",
    "devices": f"""{_OF_CLIENT},
        model TEXT NOT NULL, kind TEXT NOT NULL DEFAULT '', imei TEXT NOT NULL DEFAULT '',
        line_id INTEGER REFERENCES lines, order_id INTEGER REFERENCES orders,
        holder TEXT NOT NULL DEFAULT '', price TEXT, warranty_until TEXT,
        note TEXT NOT NULL DEFAULT ''""",
    "requests": f"""{_OF_CLIENT},
        number TEXT NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL,
        subject TEXT NOT NULL DEFAULT '', text TEXT NOT NULL DEFAULT '',
        contact_id INTEGER REFERENCES contacts, caller TEXT NOT NULL DEFAULT '',
        received_at TEXT NOT NULL, registered_at TEXT NOT NULL, acknowledged_at TEXT,
        received_reason TEXT NOT NULL DEFAULT '', agreement_id INTEGER REFERENCES agreements,
        clause TEXT NOT NULL DEFAULT '', due_at TEXT, news_due_at TEXT, resolved_at TEXT,
        closed_at TEXT, authority TEXT NOT NULL DEFAULT '',
        authority_override TEXT NOT NULL DEFAULT '', charge TEXT,
        purpose TEXT NOT NULL DEFAULT '', foreign_operator INTEGER NOT NULL DEFAULT 0""",
    "request_lines": f"""{_OF_CLIENT},
        request_id INTEGER NOT NULL REFERENCES requests, msisdn TEXT NOT NULL,
        line_id INTEGER REFERENCES lines, added_at TEXT NOT NULL,
        result TEXT NOT NULL DEFAULT ''""",
    "entries": f"""{_OF_CLIENT},
        request_id INTEGER NOT NULL REFERENCES requests, kind TEXT NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL DEFAULT '', text TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '', until TEXT, reference TEXT NOT NULL DEFAULT ''""",
    "deadlines": f"""{_OF_CLIENT},
        request_id INTEGER NOT NULL REFERENCES requests, nature TEXT NOT NULL,
        clause TEXT NOT NULL, due_at TEXT NOT NULL, governing INTEGER NOT NULL DEFAULT 0,
        warned INTEGER NOT NULL DEFAULT 0""",
    "orders": f"""{_OF_CLIENT},
        number TEXT NOT NULL, state TEXT NOT NULL, ordered_on TEXT NOT NULL,
        contact_id INTEGER REFERENCES contacts, request_id INTEGER REFERENCES requests,
        delivery_address TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT ''""",
    "order_lines": f"""{_OF_CLIENT},
        order_id INTEGER NOT NULL REFERENCES orders, position INTEGER NOT NULL,
        item TEXT NOT NULL, quantity INTEGER NOT NULL, unit_price TEXT NOT NULL,
        vat_rate TEXT NOT NULL, msisdn TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT ''""",
    "meetings": f"""{_OF_CLIENT},
        held_at TEXT NOT NULL, place TEXT NOT NULL DEFAULT '',
        attendees TEXT NOT NULL DEFAULT '', minutes TEXT NOT NULL DEFAULT ''""",
    "meeting_points": f"""{_OF_CLIENT},
        meeting_id INTEGER NOT NULL REFERENCES meetings, position INTEGER NOT NULL,
        subject TEXT NOT NULL, request_id INTEGER REFERENCES requests,
        decision TEXT NOT NULL DEFAULT '', task TEXT NOT NULL DEFAULT '', task_due TEXT,
        done INTEGER NOT NULL DEFAULT 0""",
    "documents": f"""{_OF_CLIENT},
        kind TEXT NOT NULL, number TEXT NOT NULL, revision INTEGER NOT NULL,
        subject TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL,
        issued_at TEXT NOT NULL, sha256 TEXT NOT NULL, data TEXT NOT NULL,
        difference TEXT NOT NULL DEFAULT ''""",
    "attachments": f"""{_OF_CLIENT},
        owner_id INTEGER NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL,
        size INTEGER NOT NULL, sha256 TEXT NOT NULL""",
    "settings": f"""{_RECORD}, key TEXT NOT NULL, value TEXT NOT NULL""",
}

_INDEXES: Final = (
    "clients_ico ON clients(ico) WHERE deleted_at IS NULL",
    "clients_by_name ON clients(czech_key(name), id)",
    "contacts_by_client ON contacts(client_id, czech_key(name), id)",
    "contacts_by_name ON contacts(czech_key(name), id)",
    "authorities_by_contact ON authorities(contact_id)",
    "agreements_by_client ON agreements(client_id, valid_from)",
    "closures_by_client ON closures(client_id, day)",
    "lines_by_msisdn ON lines(msisdn, id)",
    "lines_by_client ON lines(client_id, msisdn, id)",
    "lines_by_holder ON lines(czech_key(holder), id)",
    "lines_by_cost_centre ON lines(czech_key(cost_centre), id)",
    "lines_by_tariff ON lines(czech_key(tariff), id)",
    "lines_by_state ON lines(state, id)",
    "lines_by_commitment ON lines(coalesce(commitment_until, ''), id)",
    "line_changes_by_line ON line_changes(line_id, effective_on)",
    "line_changes_by_day ON line_changes(client_id, effective_on)",
    "sims_by_line ON sims(line_id)",
    "sims_by_iccid ON sims(iccid)",
    "tariffs_by_client ON tariffs(client_id, code)",
    "devices_by_client ON devices(client_id)",
    "requests_by_number ON requests(number)",
    "requests_by_client ON requests(client_id, received_at)",
    "requests_by_due ON requests(coalesce(due_at, ''), id)",
    "requests_by_received ON requests(received_at, id)",
    "requests_open ON requests(state, due_at)",
    "request_lines_by_request ON request_lines(request_id)",
    "request_lines_by_line ON request_lines(line_id)",
    "entries_by_request ON entries(request_id, at)",
    "deadlines_by_request ON deadlines(request_id)",
    "orders_by_client ON orders(client_id, ordered_on)",
    "order_lines_by_order ON order_lines(order_id, position)",
    "meetings_by_client ON meetings(client_id, held_at)",
    "meeting_points_by_meeting ON meeting_points(meeting_id, position)",
    "documents_by_client ON documents(client_id, issued_at)",
    "documents_by_subject ON documents(client_id, kind, subject, revision)",
    "attachments_by_owner ON attachments(owner_id)",
)


def m0001_foundation(db: Database) -> None:
    """Make the tables of every noun, the journal and the search."""
    run = db.conn.execute
    run("CREATE TABLE workspace(id TEXT PRIMARY KEY) STRICT")
    run(
        "CREATE TABLE counters(series TEXT NOT NULL, year INTEGER NOT NULL,"
        " value INTEGER NOT NULL, PRIMARY KEY(series, year)) STRICT, WITHOUT ROWID"
    )
    for name, body in _TABLES.items():
        run(f"CREATE TABLE {name}({body}) STRICT")
    for index in _INDEXES:
        run(f"CREATE INDEX {index}")
    run("CREATE UNIQUE INDEX settings_by_key ON settings(key) WHERE deleted_at IS NULL")
    for statement in journal.CREATE:
        run(statement)
    search.create(db)
    for name in _TABLES:
        journal.create_triggers(db, name)
    for noun in NOUNS:
        search.create_triggers(db, noun)


def m0002_access_and_closures(db: Database) -> None:
    """Write down openings of a person's data; let requests keep what they are counted with.

    Requests that are there already keep the closures that their client has now, because
    their deadlines were counted with these.
    """
    run = db.conn.execute
    run(
        f"CREATE TABLE accesses({_OF_CLIENT}, at TEXT NOT NULL, actor TEXT NOT NULL,"
        " noun TEXT NOT NULL, record_id INTEGER NOT NULL,"
        " request_id INTEGER REFERENCES requests) STRICT"
    )
    run("CREATE INDEX accesses_by_client ON accesses(client_id, at)")
    run(
        "CREATE TRIGGER accesses_hold BEFORE UPDATE ON accesses"
        " BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END"
    )
    journal.create_triggers(db, "accesses")
    journal.drop_triggers(db, "requests")
    run("ALTER TABLE requests ADD COLUMN closures TEXT NOT NULL DEFAULT '[]'")
    run("ALTER TABLE requests ADD COLUMN delivered_on TEXT")
    run(
        "UPDATE requests SET closures = (SELECT json_group_array(day) FROM (SELECT day"
        " FROM closures c WHERE c.client_id = requests.client_id AND c.deleted_at IS NULL"
        " ORDER BY day))"
    )
    journal.create_triggers(db, "requests")


def m0003_tails_of_numbers(db: Database) -> None:
    """Let numbers and cards be found by how they end, without the full text."""
    for index in digits.INDEXES:
        db.conn.execute(f"CREATE INDEX {index}")


def m0004_standing_clocks(db: Database) -> None:
    """Let requests say since when their clock stands still, so that lists know at once."""
    run = db.conn.execute
    journal.drop_triggers(db, "requests")
    run("ALTER TABLE requests ADD COLUMN standing_since TEXT")
    run(
        "UPDATE requests SET standing_since = (SELECT max(at) FROM entries e"
        " WHERE e.request_id = requests.id AND e.kind = 'pause' AND e.deleted_at IS NULL)"
        " WHERE state = 'waiting-client' AND EXISTS (SELECT 1 FROM deadlines d"
        " WHERE d.request_id = requests.id AND d.governing AND d.nature != 'statutory'"
        " AND d.deleted_at IS NULL)"
    )
    journal.create_triggers(db, "requests")


def m0005_void_documents(db: Database) -> None:
    """Let documents be declared void; they keep their number."""
    journal.drop_triggers(db, "documents")
    db.conn.execute("ALTER TABLE documents ADD COLUMN void_reason TEXT NOT NULL DEFAULT ''")
    db.conn.execute("ALTER TABLE documents ADD COLUMN voided_at TEXT")
    journal.create_triggers(db, "documents")


def m0007_requests_desk(db: Database) -> None:
    """Complaints, links, checks of authority, mails that go out; what a desk waits for."""
    run = db.conn.execute
    columns = {
        "clients": ("language TEXT NOT NULL DEFAULT ''",),
        "authorities": ("order_limit TEXT",),
        "requests": (
            "place TEXT NOT NULL DEFAULT ''",
            "began_at TEXT",
            "asked_count INTEGER",
            "confirmation TEXT NOT NULL DEFAULT ''",
            "chase_at TEXT",
        ),
        "entries": (
            "direction TEXT NOT NULL DEFAULT ''",
            "recipient TEXT NOT NULL DEFAULT ''",
            "channel TEXT NOT NULL DEFAULT ''",
        ),
    }
    for table, added in columns.items():
        journal.drop_triggers(db, table)
        for column in added:
            run(f"ALTER TABLE {table} ADD COLUMN {column}")
        journal.create_triggers(db, table)
    for table, body in _DESK_TABLES.items():
        run(f"CREATE TABLE {table}({body}) STRICT")
        journal.create_triggers(db, table)
    for index in _DESK_INDEXES:
        run(f"CREATE INDEX {index}")
    run(
        "CREATE TRIGGER authority_checks_hold BEFORE UPDATE ON authority_checks"
        " WHEN NEW.deleted_at IS OLD.deleted_at"
        " BEGIN SELECT RAISE(ABORT, 'checks of authority are append-only'); END"
    )


_DESK_TABLES: Final = {
    "complaints": f"""{_OF_CLIENT},
        request_id INTEGER NOT NULL REFERENCES requests, subject TEXT NOT NULL,
        invoice TEXT NOT NULL DEFAULT '', period TEXT NOT NULL DEFAULT '', amount TEXT,
        outcome TEXT NOT NULL DEFAULT '', reasons TEXT NOT NULL DEFAULT '',
        remedy TEXT NOT NULL DEFAULT '', decided_on TEXT,
        reply_proof TEXT NOT NULL DEFAULT '', reply_delivered_on TEXT, refund TEXT,
        refund_paid_on TEXT""",
    "request_links": f"""{_OF_CLIENT},
        request_id INTEGER NOT NULL REFERENCES requests,
        other_id INTEGER NOT NULL REFERENCES requests, kind TEXT NOT NULL""",
    "authority_checks": f"""{_OF_CLIENT},
        request_id INTEGER REFERENCES requests, order_id INTEGER REFERENCES orders,
        at TEXT NOT NULL, contact_id INTEGER REFERENCES contacts,
        person TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL,
        numbers TEXT NOT NULL DEFAULT '[]', amount TEXT, allowed INTEGER NOT NULL,
        why TEXT NOT NULL, basis TEXT NOT NULL DEFAULT '[]', override TEXT NOT NULL DEFAULT ''""",
    "outgoing_mails": f"""{_OF_CLIENT},
        request_id INTEGER REFERENCES requests, address TEXT NOT NULL, subject TEXT NOT NULL,
        text TEXT NOT NULL, message_id TEXT NOT NULL, state TEXT NOT NULL,
        queued_at TEXT NOT NULL, tried_at TEXT, sent_at TEXT,
        attempts INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT ''""",
}
_DESK_INDEXES: Final = (
    "requests_by_news ON requests(news_due_at) WHERE news_due_at IS NOT NULL",
    "requests_by_chase ON requests(chase_at) WHERE chase_at IS NOT NULL",
    "requests_to_confirm ON requests(confirmation) WHERE confirmation = 'wanted'",
    "entries_by_reference ON entries(reference) WHERE reference != ''",
    "complaints_by_request ON complaints(request_id)",
    "request_links_by_request ON request_links(request_id)",
    "request_links_by_other ON request_links(other_id)",
    "authority_checks_by_request ON authority_checks(request_id)",
    "outgoing_mails_by_state ON outgoing_mails(state, id)",
    "outgoing_mails_by_request ON outgoing_mails(request_id)",
)


def m0009_erasures_and_endings(db: Database) -> None:
    """Let a person be erased, and its entries of the journal; let agreements have an end."""
    run = db.conn.execute
    run("ALTER TABLE journal ADD COLUMN erased INTEGER NOT NULL DEFAULT 0")
    journal.drop_triggers(db, "agreements")
    run("ALTER TABLE agreements ADD COLUMN valid_until TEXT")
    run("ALTER TABLE agreements ADD COLUMN notice_months INTEGER")
    journal.create_triggers(db, "agreements")
    run("CREATE INDEX lines_by_loss ON lines(number_lost_on) WHERE number_lost_on IS NOT NULL")
    run("CREATE INDEX contacts_by_end ON contacts(valid_until) WHERE valid_until IS NOT NULL")
    run(
        f"CREATE TABLE erasures({_OF_CLIENT}, noun TEXT NOT NULL, record_id INTEGER NOT NULL,"
        " pseudonym TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL) STRICT"
    )
    journal.create_triggers(db, "erasures")


_STEPS: Final = (
    m0001_foundation,
    m0002_access_and_closures,
    m0003_tails_of_numbers,
    m0004_standing_clocks,
    m0005_void_documents,
    m0006_registers,
    m0007_requests_desk,
    m0008_orders,
    m0009_erasures_and_endings,
    m0010_conflicts,
)
