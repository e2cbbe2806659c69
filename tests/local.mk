include tests/model/local.mk
include tests/artifact/local.mk
include tests/engine/local.mk
include tests/ui/local.mk
include tests/cli/local.mk
include tests/screen/local.mk
include tests/house/local.mk
include tests/fuzz/local.mk
