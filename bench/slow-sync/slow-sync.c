/* Preloaded into a process: a disk whose every sync takes longer, alike for all that the process contains, whoever calls.
 *
 *   STRATA_SYNC_DELAY_US    how long, before the real call; 0 only counts
 *   STRATA_SYNC_COUNT_FILE  holds the number of syncs so far, 8 bytes as the machine writes them, however the process ends
 *
 * sync_file_range is left alone: those who call it ask the kernel to begin, and do not wait for the disk.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static struct timespec delay;
static _Atomic uint64_t own_count;
static _Atomic uint64_t *count = &own_count;

__attribute__((constructor)) static void read_environment(void) {
  const char *text = getenv("STRATA_SYNC_DELAY_US");
  long us = text ? atol(text) : 0;
  delay.tv_sec = us / 1000000;
  delay.tv_nsec = us % 1000000 * 1000;

  const char *path = getenv("STRATA_SYNC_COUNT_FILE");
  int fd = path ? open(path, O_RDWR | O_CREAT, 0644) : -1;
  if (fd < 0) return;
  if (ftruncate(fd, sizeof *count) == 0) {
    void *shared = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (shared != MAP_FAILED) count = shared;
  }
  close(fd);
}

static void slow_down(void) {
  atomic_fetch_add(count, 1);
  struct timespec left = delay;
  while (nanosleep(&left, &left) != 0) {
  }
}

int fsync(int fd) {
  slow_down();
  return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd) {
  slow_down();
  return (int)syscall(SYS_fdatasync, fd);
}
