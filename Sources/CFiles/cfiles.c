// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "cfiles.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/vfs.h>
#elif defined(__APPLE__)
#include <sys/mount.h>
#include <sys/param.h>
#endif

// Repeats a call for as long as a signal interrupts it; gives 0 or the errno.
#define UNTIL_DONE(call) \
    ({ int code_; do { code_ = (call) == 0 ? 0 : errno; } while (code_ == EINTR); code_; })

int cfiles_rename_new(const char *from, const char *to) {
#if defined(__linux__)
    int code = UNTIL_DONE(renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE));
    // FAT, NFS and some network drives know no RENAME_NOREPLACE: a hard link refuses an existing
    // name too.
    if (code != EINVAL && code != ENOSYS) return code;
#elif defined(__APPLE__)
    int code = UNTIL_DONE(renamex_np(from, to, RENAME_EXCL));
    if (code != ENOTSUP) return code;
#endif
    code = UNTIL_DONE(link(from, to));
    if (code == 0) {
        // The file has its name. A second name that could not be removed is a temporary one, which
        // nobody reads and the next writer removes.
        (void)UNTIL_DONE(unlink(from));
        return 0;
    }
    if (code != EPERM && code != ENOTSUP && code != ENOSYS && code != EINVAL) return code;
    // No hard links either (FAT): names are content hashes, so a look before the rename is enough.
    struct stat info;
    code = UNTIL_DONE(lstat(to, &info));
    if (code == 0) return EEXIST;
    if (code != ENOENT) return code;
    return UNTIL_DONE(rename(from, to));
}

int cfiles_sync_data(int fd) {
#if defined(__APPLE__)
    if (UNTIL_DONE(fcntl(fd, F_FULLFSYNC) == -1 ? -1 : 0) == 0) return 0;
    return UNTIL_DONE(fsync(fd));
#else
    return UNTIL_DONE(fdatasync(fd));
#endif
}

int cfiles_sync_folder(int fd) {
    int code = UNTIL_DONE(fsync(fd));
    // Some network file systems know no such call for a folder: there the rename is as safe as it
    // gets. Any other answer says that the folder may be lost.
    return code == EINVAL || code == ENOTSUP || code == ENOSYS ? 0 : code;
}

int cfiles_try_lock(int fd) {
    // flock belongs to the open file, not to the process: two replicas in one process exclude
    // each other too.
    return UNTIL_DONE(flock(fd, LOCK_EX | LOCK_NB));
}

void cfiles_unlock(int fd) {
    (void)UNTIL_DONE(flock(fd, LOCK_UN));
}

int cfiles_may_map(int fd) {
    struct statfs info;
    if (UNTIL_DONE(fstatfs(fd, &info)) != 0) return 0;
#if defined(__linux__)
    // Those of the machine's own disks and memory, by their magic numbers in statfs(2). FAT, exFAT,
    // NTFS, FUSE and network drives are those of sticks and shares.
    switch ((unsigned long)info.f_type) {
    case 0xef53:      // ext2, ext3, ext4
    case 0x58465342:  // XFS
    case 0x9123683e:  // Btrfs
    case 0xf2f52010:  // F2FS
    case 0xca451a4e:  // bcachefs
    case 0x2fc12fc1:  // ZFS
    case 0x794c7630:  // overlay
    case 0x01021994:  // tmpfs
        return 1;
    }
    return 0;
#elif defined(__APPLE__)
    return (info.f_flags & MNT_LOCAL) != 0 && (info.f_flags & MNT_REMOVABLE) == 0;
#else
    return 0;
#endif
}
