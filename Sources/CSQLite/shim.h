// SPDX-License-Identifier: MIT
#include <sqlite3.h>

// These take a variable number of arguments, which Swift cannot pass.

/// Leaves out the count of all memory in use, for which every allocation takes a lock. To be called
/// before anything else of SQLite. Returns an SQLite code.
static inline int beatbook_count_no_memory(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// Leaves the write-ahead log as it is when the last connection closes. Returns an SQLite code.
static inline int beatbook_keep_wal_on_close(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
