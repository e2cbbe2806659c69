/* main: sets the process up and hands over to the subcommands. */
#include "config.h"

#include <fcntl.h>
#include <locale.h>
#include <unistd.h>

#include "cmd/cmd.h"

/* Standard descriptors that the caller has closed would be given to the journal or another file,
 * and messages written into it. They get one that refuses what the standard one is for. */
static void keep_standard_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            _exit(EXIT_USAGE);
}

int main(int argc, char **argv)
{
    keep_standard_descriptors();
    /* Only the character set: numbers are read and written with a point everywhere. */
    setlocale(LC_CTYPE, "");
    return cmd_main(argc, argv);
}
