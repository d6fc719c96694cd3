/* Records what a writer does to a workspace's database, for simulated power cuts.
 *
 * Preloaded: writes, truncations and syncs of files below $SHIM_TAG whose name ends in .db or
 * .db-wal, and what is written to stdout (an acknowledged save), go into $SHIM_LOG in order.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OTHER, DATABASE, LOG };
struct head { char op, file, pad[6]; long offset, length; };

static int log_fd = -1;
static const char *tag;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static ssize_t (*real_write)(int, const void *, size_t);

static void begin(void) {
    if (log_fd >= 0 || !(tag = getenv("SHIM_TAG"))) return;
    int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    real_write = dlsym(RTLD_NEXT, "write");
    log_fd = real_open(getenv("SHIM_LOG"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
}

static int ends(const char *name, const char *end) {
    size_t length = strlen(name), tail = strlen(end);
    return length >= tail && !strcmp(name + length - tail, end);
}

static char file_of(int fd) {
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, name, sizeof name - 1);
    if (length < 0) return OTHER;
    name[length] = 0;
    if (!tag || !strstr(name, tag)) return OTHER;
    return ends(name, ".db") ? DATABASE : ends(name, ".db-wal") ? LOG : OTHER;
}

static void record(char op, char file, long offset, long length, const void *data) {
    struct head head = {.op = op, .file = file, .offset = offset, .length = length};
    pthread_mutex_lock(&mutex);
    real_write(log_fd, &head, sizeof head);
    if (data && length) real_write(log_fd, data, length);
    pthread_mutex_unlock(&mutex);
}

#define POSITIONED(name)                                                              \
    ssize_t name(int fd, const void *data, size_t length, off64_t offset) {           \
        static ssize_t (*real)(int, const void *, size_t, off64_t);                   \
        if (!real) real = dlsym(RTLD_NEXT, #name);                                    \
        begin();                                                                      \
        ssize_t done = real(fd, data, length, offset);                                \
        char file = log_fd >= 0 && done > 0 ? file_of(fd) : OTHER;                    \
        if (file) record('W', file, offset, done, data);                              \
        return done;                                                                  \
    }
POSITIONED(pwrite)
POSITIONED(pwrite64)

#define SYNC(name)                                                                    \
    int name(int fd) {                                                                \
        static int (*real)(int);                                                      \
        if (!real) real = dlsym(RTLD_NEXT, #name);                                    \
        begin();                                                                      \
        int done = real(fd);                                                          \
        char file = log_fd >= 0 ? file_of(fd) : OTHER;                                \
        if (file) record('S', file, 0, 0, NULL);                                      \
        return done;                                                                  \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name)                                                                \
    int name(int fd, off64_t length) {                                                \
        static int (*real)(int, off64_t);                                             \
        if (!real) real = dlsym(RTLD_NEXT, #name);                                    \
        begin();                                                                      \
        int done = real(fd, length);                                                  \
        char file = log_fd >= 0 ? file_of(fd) : OTHER;                                \
        if (file) record('T', file, length, 0, NULL);                                 \
        return done;                                                                  \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

ssize_t write(int fd, const void *data, size_t length) {
    begin();
    if (!real_write) real_write = dlsym(RTLD_NEXT, "write");
    if (log_fd < 0 || fd == log_fd) return real_write(fd, data, length);
    if (fd == 1) {
        ssize_t done = real_write(fd, data, length);
        record('A', OTHER, 0, length, data);
        return done;
    }
    char file = file_of(fd);
    off_t offset = file ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = real_write(fd, data, length);
    if (file && done > 0) record('W', file, offset, done, data);
    return done;
}
