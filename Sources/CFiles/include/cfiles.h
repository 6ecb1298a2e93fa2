// SPDX-License-Identifier: MIT
// The file calls that the platform's Swift module lacks. Each is repeated while a signal
// interrupts it.
#ifndef BEATBOOK_CFILES_H
#define BEATBOOK_CFILES_H
#include <stddef.h>

/// Renames without replacing. Returns 0, or the errno (EEXIST where the target is there).
int cfiles_rename_new(const char *from, const char *to);

/// Forces what was written to `fd` to the disk. Returns 0 or the errno.
int cfiles_sync_data(int fd);

/// Forces the names in the folder `fd` to the disk. Returns 0, also where the file system knows no
/// such call, or the errno.
int cfiles_sync_folder(int fd);

/// Takes an advisory lock on the whole of `fd` without waiting. Returns 0 or the errno
/// (EWOULDBLOCK where another process holds it).
int cfiles_try_lock(int fd);

/// Lets go of the lock, also where a process that is just being started still has the file open.
void cfiles_unlock(int fd);

/// Whether `fd` lies on a disk that is not pulled out while the program runs, so that its bytes may
/// be mapped: a page that cannot be read any more ends the program.
int cfiles_may_map(int fd);

#endif
