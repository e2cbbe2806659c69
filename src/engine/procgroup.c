/* procgroup: see procgroup.h. */
#include "config.h"

#include "engine/procgroup.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Reads state and group of the process NAME below /proc; false if it is gone. */
static bool read_stat(int proc, const char *name, char *state, int *group)
{
    char path[280], text[512];
    snprintf(path, sizeof(path), "%s/stat", name);
    int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t got = read(fd, text, sizeof(text) - 1);
    close(fd);
    text[got > 0 ? got : 0] = '\0';
    /* "pid (name) state ppid pgrp ...": the name may hold anything */
    const char *after = strrchr(text, ')');
    return after && sscanf(after + 1, " %c %*d %d", state, group) == 2;
}

static bool is_running_member(int proc, const char *name, pid_t group)
{
    char state;
    int of;
    return isdigit((unsigned char)name[0]) && read_stat(proc, name, &state, &of) && of == group &&
           state != 'Z' && state != 'X';
}

bool procgroup_lives(pid_t group)
{
    if (kill(-group, 0) != 0)
        return false;
    DIR *proc = opendir("/proc");
    if (!proc)
        return true;
    bool lives = false;
    int seen = 0;
    const struct dirent *entry;
    while (!lives && (entry = readdir(proc))) {
        seen += isdigit((unsigned char)entry->d_name[0]) != 0;
        lives = is_running_member(dirfd(proc), entry->d_name, group);
    }
    closedir(proc);
    return lives || seen == 0; /* an empty /proc tells nothing */
}
