// SPDX-License-Identifier: MIT
// The file calls that the platform's Swift module lacks.
#ifndef BEATBOOK_CFILES_H
#define BEATBOOK_CFILES_H
#include <stddef.h>

/// Renames without replacing. Returns 0, or the errno (EEXIST where the target is there).
int cfiles_rename_new(const char *from, const char *to);

/// Forces what was written to `fd` to the disk. Returns 0 or the errno.
int cfiles_sync_data(int fd);

/// Takes an advisory lock on the whole of `fd` without waiting. Returns 0 or the errno
/// (EWOULDBLOCK where another process holds it).
int cfiles_try_lock(int fd);

#endif
