/* main: sets the process up and hands over to the subcommands. */
#include "config.h"

#include <locale.h>

#include "cmd/cmd.h"

int main(int argc, char **argv)
{
    /* Only the character set: numbers are read and written with a point everywhere. */
    setlocale(LC_CTYPE, "");
    return cmd_main(argc, argv);
}
