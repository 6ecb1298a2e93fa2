// SPDX-License-Identifier: MIT
#include <sqlite3.h>

/// Leaves the write-ahead log as it is when the last connection closes. Returns an SQLite code.
/// `sqlite3_db_config` takes a variable number of arguments, which Swift cannot pass.
static inline int beatbook_keep_wal_on_close(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
