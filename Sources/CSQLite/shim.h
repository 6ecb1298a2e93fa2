// SPDX-License-Identifier: MIT
#include <sqlite3.h>

// Some functions of SQLite take a variable number of arguments, which Swift cannot pass.

/// Leaves out the count of all memory in use, for which every allocation takes a lock. To be
/// called before anything else of SQLite. Returns an SQLite code.
static inline int beatbook_count_no_memory(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// Reads a number of 32 bits in the header of the database's own file, whatever the write-ahead log
/// holds; false where there is no file, or no header in it yet.
static inline _Bool beatbook_header_number(sqlite3 *database, int offset, unsigned int *number) {
    sqlite3_file *file = 0;
    unsigned char bytes[4];
    int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code != SQLITE_OK || !file || !file->pMethods) return 0;
    if (file->pMethods->xRead(file, bytes, 4, offset) != SQLITE_OK) return 0;
    *number = (unsigned)bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
    return 1;
}

/// Leaves the write-ahead log as it is when the last connection closes. Returns an SQLite code.
static inline int beatbook_keep_wal_on_close(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/// So many pages of a write-ahead log are read quickly by whoever opens the database next.
enum { beatbook_longest_wal = 128 };

/// So long others are waited for, who hold the database for moments.
enum { beatbook_busy_milliseconds = 2000 };

/// Has every call wait for a moment where another program is in the way.
static inline void beatbook_wait_for_others(sqlite3 *database) {
    sqlite3_busy_timeout(database, beatbook_busy_milliseconds);
}

static inline int beatbook_empty_wal(
    void *unused, sqlite3 *database, const char *name, int pages) {
    (void)unused;
    if (pages <= beatbook_longest_wal) return SQLITE_OK;
    // A reader may be in the way: it is not waited for, a later commit does it.
    sqlite3_busy_timeout(database, 0);
    sqlite3_wal_checkpoint_v2(database, name, SQLITE_CHECKPOINT_TRUNCATE, 0, 0);
    beatbook_wait_for_others(database);
    return SQLITE_OK;
}

/// Has every commit that leaves a long write-ahead log empty it.
static inline void beatbook_keep_wal_short(sqlite3 *database) {
    sqlite3_wal_hook(database, beatbook_empty_wal, 0);
}
