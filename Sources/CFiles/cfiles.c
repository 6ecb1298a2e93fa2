// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "cfiles.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

int cfiles_rename_new(const char *from, const char *to) {
#if defined(__linux__)
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
    // FAT, NFS and some network drives know no RENAME_NOREPLACE: a hard link refuses an existing
    // name too.
    if (errno != EINVAL && errno != ENOSYS) return errno;
#elif defined(__APPLE__)
    if (renamex_np(from, to, RENAME_EXCL) == 0) return 0;
    if (errno != ENOTSUP) return errno;
#endif
    if (link(from, to) == 0) return unlink(from) == 0 ? 0 : errno;
    if (errno == EEXIST) return EEXIST;
    // No hard links either (FAT): names are content hashes, so a look before the rename is enough.
    if (access(to, F_OK) == 0) return EEXIST;
    return rename(from, to) == 0 ? 0 : errno;
}

int cfiles_sync_data(int fd) {
#if defined(__APPLE__)
    return fcntl(fd, F_FULLFSYNC) == 0 || fsync(fd) == 0 ? 0 : errno;
#else
    return fdatasync(fd) == 0 ? 0 : errno;
#endif
}

int cfiles_try_lock(int fd) {
    // flock belongs to the open file, not to the process: two replicas in one process exclude
    // each other too.
    return flock(fd, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
}
