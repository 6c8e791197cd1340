"""The index of the words of products: a table beside theirs, which triggers keep true.

Each database has its own kind: SQLite FTS5 over the products' own column, PostgreSQL
trigrams, MariaDB a full-text index. It lies beside the products because PostgreSQL
writes a row anew into every index of its table, and stock changes with every sale.

MariaDB's also has each two words of a product as one, and its name, to be sorted by.

Migrations can't keep the triggers (see `guards`), so they are put back after every
migrate. docs/decisions/search.md says why it is built this way.
"""

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from products.models.word_lookup import PREFIXES, TABLE

FILLED_AT_ONCE = 10_000  # products in one transaction; others write in between
TRIGGERS = tuple(f"{TABLE}_{event}" for event in ("added", "changed", "removed"))

# MariaDB's words, and the beginnings of each two of them, in the order of the alphabet:
# " zzoak zzmugs yymugoak". "zz" before each word: it leaves out words of one and two
# letters and some English ones. JSON is how it takes a text apart.
_BEGINNINGS = r"""JSON_TABLE(CONCAT('["', REPLACE(TRIM(REGEXP_REPLACE(ROW.search_text,
    '(?:([a-z]{3})|[^ ])[^ ]*', '\\1')), ' ', '","'), '"]'), '$[*]'
    COLUMNS (three char(3) CHARACTER SET latin1 PATH '$'))"""
_INNODB_ROW = """ROW.id, ROW.name, CONCAT_WS(' ', REPLACE(ROW.search_text, ' ', ' zz'),
    (SELECT GROUP_CONCAT(DISTINCT 'yy', one.three, other.three SEPARATOR ' ')
    FROM BEGINNINGS AS one JOIN BEGINNINGS AS other
    ON one.three < other.three AND one.three <> ''))""".replace(
    "BEGINNINGS", _BEGINNINGS
)
_INNODB_WRITE = "REPLACE INTO products_search SELECT " + _INNODB_ROW.replace(
    "ROW", "NEW"
)

_CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE IF NOT EXISTS products_search USING fts5(search_text,"
        " content='products_product', content_rowid='id', detail='none',"
        # With an index of its length a prefix is read in order, not collected first.
        f" prefix='{' '.join(map(str, PREFIXES))}', tokenize='ascii')",
    ],
    "postgresql": [
        "CREATE TABLE IF NOT EXISTS products_search"
        " (product_id bigint PRIMARY KEY, words text NOT NULL)",
        "CREATE INDEX IF NOT EXISTS products_search_words ON products_search"
        " USING gin (words gin_trgm_ops)",
        """CREATE OR REPLACE FUNCTION products_search_write()
        RETURNS trigger AS $$ BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO products_search SELECT id, search_text FROM written
            ON CONFLICT (product_id) DO UPDATE SET words = EXCLUDED.words;
        ELSIF TG_OP = 'UPDATE' THEN
            INSERT INTO products_search VALUES (NEW.id, NEW.search_text)
            ON CONFLICT (product_id) DO UPDATE SET words = EXCLUDED.words;
        ELSIF TG_OP = 'DELETE' THEN
            DELETE FROM products_search USING written WHERE product_id = written.id;
        ELSE
            TRUNCATE products_search;
        END IF; RETURN NULL; END $$ LANGUAGE plpgsql""",
    ],
    "mysql": [
        "CREATE TABLE IF NOT EXISTS products_search (product_id bigint PRIMARY KEY,"
        " name varchar(255) NOT NULL,"
        " words text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,"
        " FULLTEXT KEY products_search_words (words)) ENGINE=InnoDB",
    ],
}
_ADD_TRIGGERS = {
    "sqlite": [
        "CREATE TRIGGER IF NOT EXISTS products_search_added"
        " AFTER INSERT ON products_product"
        " BEGIN INSERT INTO products_search (rowid, search_text)"
        " VALUES (new.id, new.search_text); END",
        "CREATE TRIGGER IF NOT EXISTS products_search_changed"
        " AFTER UPDATE OF search_text ON products_product"
        " WHEN old.search_text <> new.search_text"
        " BEGIN INSERT INTO products_search (products_search, rowid, search_text)"
        " VALUES ('delete', old.id, old.search_text);"
        " INSERT INTO products_search (rowid, search_text)"
        " VALUES (new.id, new.search_text); END",
        "CREATE TRIGGER IF NOT EXISTS products_search_removed"
        " AFTER DELETE ON products_product"
        " BEGIN INSERT INTO products_search (products_search, rowid, search_text)"
        " VALUES ('delete', old.id, old.search_text); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE TRIGGER products_search_added"
        " AFTER INSERT ON products_product"
        " REFERENCING NEW TABLE AS written"
        " FOR EACH STATEMENT EXECUTE FUNCTION products_search_write()",
        "CREATE OR REPLACE TRIGGER products_search_changed"
        " AFTER UPDATE OF search_text ON products_product FOR EACH ROW"
        " WHEN (OLD.search_text IS DISTINCT FROM NEW.search_text)"
        " EXECUTE FUNCTION products_search_write()",
        "CREATE OR REPLACE TRIGGER products_search_removed"
        " AFTER DELETE ON products_product"
        " REFERENCING OLD TABLE AS written"
        " FOR EACH STATEMENT EXECUTE FUNCTION products_search_write()",
        "CREATE OR REPLACE TRIGGER products_search_emptied"
        " AFTER TRUNCATE ON products_product"
        " FOR EACH STATEMENT EXECUTE FUNCTION products_search_write()",
    ],
    "mysql": [
        "CREATE OR REPLACE TRIGGER products_search_added"
        " AFTER INSERT ON products_product"
        f" FOR EACH ROW {_INNODB_WRITE}",
        "CREATE OR REPLACE TRIGGER products_search_changed"
        " AFTER UPDATE ON products_product"
        " FOR EACH ROW IF NEW.search_text <> OLD.search_text OR NEW.name <> OLD.name"
        f" THEN {_INNODB_WRITE}; END IF",
        "CREATE OR REPLACE TRIGGER products_search_removed"
        " AFTER DELETE ON products_product"
        " FOR EACH ROW DELETE FROM products_search WHERE product_id = OLD.id",
    ],
}
# To start a second process takes longer than to read what was found.
_ONE_READER = "ALTER TABLE products_search SET (parallel_workers = 0)"
_LIST = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' UNION ALL"
    " SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
    "mysql": "SELECT trigger_name FROM information_schema.triggers"
    " WHERE trigger_schema = DATABASE() UNION ALL SELECT table_name"
    " FROM information_schema.tables WHERE table_schema = DATABASE()",
}
_FILL = {
    "postgresql": "INSERT INTO products_search"
    " SELECT id, search_text FROM products_product"
    " WHERE id > %s AND id <= %s ON CONFLICT (product_id) DO NOTHING",
    "mysql": "INSERT IGNORE INTO products_search SELECT COLUMNS"
    " FROM products_product AS p WHERE p.id > %s AND p.id <= %s".replace(
        "COLUMNS", _INNODB_ROW.replace("ROW", "p")
    ),
}


def missing_parts(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the table and triggers that are not there; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST[connection.vendor])
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in (TABLE, *TRIGGERS) if name not in present]


def install_word_index(connection: BaseDatabaseWrapper) -> None:
    """Create what is missing and fill the index when it was; else empty what is stale.

    Others may write meanwhile: the triggers stand before the first row is filled in,
    and what they write wins. On PostgreSQL the extension pg_trgm is needed, which the
    owner of the database may create.
    """
    missing = missing_parts(connection)
    if missing and connection.vendor == "postgresql":
        _ensure_trigrams(connection)
    with connection.cursor() as cursor:
        if missing:
            for statement in (
                *_CREATE[connection.vendor],
                *_ADD_TRIGGERS[connection.vendor],
            ):
                cursor.execute(statement)
        if connection.vendor == "postgresql":  # also where the index is an older one
            cursor.execute(_ONE_READER)
        cursor.execute("SELECT MAX(id) FROM products_product")
        highest = (cursor.fetchone() or [None])[0]
        if highest is None:
            _empty(connection)
        elif missing:
            _fill(connection, highest)


def _ensure_trigrams(connection: BaseDatabaseWrapper) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as error:
        message = (
            "The search needs PostgreSQL's extension pg_trgm, and this role can't add"
            " it. Let the database's owner run “CREATE EXTENSION pg_trgm” in it (the"
            " package postgresql-contrib brings it), then migrate again."
        )
        raise ImproperlyConfigured(message) from error


def _empty(connection: BaseDatabaseWrapper) -> None:
    """Forget everything: MariaDB's triggers know nothing of a TRUNCATE."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO products_search (products_search) VALUES ('rebuild')"
            )
        else:
            cursor.execute("DELETE FROM products_search")


def _fill(connection: BaseDatabaseWrapper, highest: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # it knows itself what it is an index of
            cursor.execute(
                "INSERT INTO products_search (products_search) VALUES ('rebuild')"
            )
            return
        for start in range(0, highest, FILLED_AT_ONCE):
            cursor.execute(_FILL[connection.vendor], [start, start + FILLED_AT_ONCE])
