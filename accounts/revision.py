"""The public revision of places: what whoever reads a public page asks for first.

In SQL of its own, which calls functions of the database: Django would compose the same statement
anew at each reading, and the database plan it, which costs more than all else of a page that is
stored.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.db import Error, connections, router

from accounts.models import Municipality
from accounts.outage import Outage, outage_of

OF_ALL: Final = "SELECT vigia_revision()"
OF_REGION: Final = "SELECT vigia_revision_of_region(%s)"
OF_PROVINCE: Final = "SELECT vigia_revision_of_province(%s)"
OF_ONE: Final = "SELECT vigia_revision_of(%s)"


def public_revision(statement: str = OF_ALL, named: str = "") -> int:
    """A number that grows with whatever the public sees of places change: all that was raised.

    STATEMENT says of which, and NAMED what is in it: the slug of a region, or of a municipality,
    which stands for its whole province too. Of the whole country it is a sum, and no row of its
    own, which would make every municipality's publications wait for each other.
    """
    connection: Any = connections[router.db_for_read(Municipality)]
    parameters = [named] * statement.count("%s")
    # Django would ask an idle connection for its health first. This question is that, too.
    is_examined = connection.health_check_done or not connection.health_check_enabled
    stood_idle = connection.connection is not None and not is_examined
    connection.health_check_done = True
    try:
        return _asked(connection, statement, parameters)
    except Error as error:
        if not stood_idle or outage_of(error) is not Outage.AWAY:
            raise
    connection.close()
    return _asked(connection, statement, parameters)


def _asked(connection: Any, statement: str, parameters: Sequence[str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.fetchone()[0])
