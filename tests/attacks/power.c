/* Knows what is on the disk: of each file what was in it when a process last waited for it.

   Preloaded into a process, this keeps a copy of each such file below POWER_LIVE at the same place
   below POWER_DISK. One byte is added to POWER_DISK.waits for each time somebody waited for a
   write-ahead log. What goes wrong here ends the process, so that no test takes it for a loss. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONGEST (2 * PATH_MAX)

static char live[PATH_MAX], disk[PATH_MAX];
static int (*wait_for_all)(int), (*wait_for_data)(int);

__attribute__((constructor)) static void begin(void) {
    const char *from = getenv("POWER_LIVE"), *to = getenv("POWER_DISK");
    wait_for_all = dlsym(RTLD_NEXT, "fsync");
    wait_for_data = dlsym(RTLD_NEXT, "fdatasync");
    if (!from || !to || !wait_for_all || !wait_for_data) abort();
    snprintf(live, sizeof live, "%s/", from);
    snprintf(disk, sizeof disk, "%s", to);
}

static int opened(const char *path, int how) {
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | how, 0600);
    if (file < 0) abort();
    return file;
}

/* The copy gets its name when it is whole. It is read by the very descriptor that was waited for:
   to close another one would take from SQLite the locks it holds on that file. */
static void keep(int file) {
    char link[64], path[PATH_MAX] = "", there[LONGEST], draft[LONGEST];
    struct stat kind;
    off_t at = 0;
    ssize_t some;
    int copy, waits;

    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    if (fstat(file, &kind) || !S_ISREG(kind.st_mode)) return;
    if (readlink(link, path, sizeof path - 1) < 0) abort();
    if (strncmp(path, live, strlen(live))) return;
    snprintf(there, sizeof there, "%s/%s", disk, path + strlen(live));
    snprintf(draft, sizeof draft, "%s.draft-%d", disk, gettid());
    copy = opened(draft, O_TRUNC);
    while ((some = sendfile(copy, file, &at, INT_MAX)) > 0);
    if (some < 0 || close(copy) || rename(draft, there)) abort();
    if (!strstr(path, "wal")) return;
    snprintf(draft, sizeof draft, "%s.waits", disk);
    waits = opened(draft, O_APPEND);
    if (write(waits, "+", 1) != 1 || close(waits)) abort();
}

int fsync(int file) {
    int went = wait_for_all(file);
    if (!went) keep(file);
    return went;
}

int fdatasync(int file) {
    int went = wait_for_data(file);
    if (!went) keep(file);
    return went;
}
