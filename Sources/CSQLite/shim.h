// SPDX-License-Identifier: MIT
#include <sqlite3.h>

// These take a variable number of arguments, which Swift cannot pass.

/// Leaves out the count of all memory in use, for which every allocation takes a lock. To be called
/// before anything else of SQLite. Returns an SQLite code.
static inline int beatbook_count_no_memory(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// Empties the write-ahead log once a commit leaves more than so many pages in it: whoever opens the
/// database next would read them all.
enum { beatbook_longest_wal = 128 };

static inline int beatbook_empty_wal(
    void *unused, sqlite3 *database, const char *name, int pages) {
    (void)unused;
    // Another reader may be in the way; then the next commit does it.
    if (pages > beatbook_longest_wal)
        sqlite3_wal_checkpoint_v2(database, name, SQLITE_CHECKPOINT_TRUNCATE, 0, 0);
    return SQLITE_OK;
}

static inline void beatbook_keep_wal_short(sqlite3 *database) {
    sqlite3_wal_hook(database, beatbook_empty_wal, 0);
}

/// Leaves the write-ahead log as it is when the last connection closes. Returns an SQLite code.
static inline int beatbook_keep_wal_on_close(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
