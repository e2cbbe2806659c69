soaktop_SOURCES += \
	src/cmd/analyze.c \
	src/cmd/attach.c \
	src/cmd/audit.c \
	src/cmd/cmd.c \
	src/cmd/cmd.h \
	src/cmd/compare.c \
	src/cmd/completion.c \
	src/cmd/control.c \
	src/cmd/control.h \
	src/cmd/dashboard.c \
	src/cmd/dashboard.h \
	src/cmd/delta_text.c \
	src/cmd/delta_text.h \
	src/cmd/deltas.c \
	src/cmd/deltas.h \
	src/cmd/deltas_decide.c \
	src/cmd/deltas_rollback.c \
	src/cmd/found.c \
	src/cmd/found.h \
	src/cmd/gate.c \
	src/cmd/gate_common.c \
	src/cmd/gate_common.h \
	src/cmd/headless.c \
	src/cmd/headless.h \
	src/cmd/keys.c \
	src/cmd/lines.c \
	src/cmd/lines.h \
	src/cmd/loaded.c \
	src/cmd/loaded.h \
	src/cmd/look.c \
	src/cmd/look.h \
	src/cmd/narrate.c \
	src/cmd/narrate.h \
	src/cmd/open.c \
	src/cmd/outlive.c \
	src/cmd/outlive.h \
	src/cmd/options.c \
	src/cmd/options.h \
	src/cmd/params.c \
	src/cmd/preset.c \
	src/cmd/preset.h \
	src/cmd/presets.c \
	src/cmd/profiles.c \
	src/cmd/progress.c \
	src/cmd/progress.h \
	src/cmd/replay.c \
	src/cmd/run.c \
	src/cmd/run_resume.c \
	src/cmd/run_resume.h \
	src/cmd/runs.c \
	src/cmd/scripted.c \
	src/cmd/scripted.h \
	src/cmd/snapshot.c \
	src/cmd/verify.c \
	src/cmd/watch.c

# What shells need to complete the command line: the program prints it from its own tables.
bashcompletiondir = $(datadir)/bash-completion/completions
nodist_bashcompletion_DATA = completions/soaktop
zshcompletiondir = $(datadir)/zsh/site-functions
nodist_zshcompletion_DATA = completions/_soaktop
fishcompletiondir = $(datadir)/fish/vendor_completions.d
nodist_fishcompletion_DATA = completions/soaktop.fish
CLEANFILES += completions/soaktop completions/_soaktop completions/soaktop.fish
complete_for = $(AM_V_GEN)$(MKDIR_P) completions && ./soaktop$(EXEEXT) completion
completions/soaktop: soaktop$(EXEEXT)
	$(complete_for) bash >$@.tmp && mv $@.tmp $@
completions/_soaktop: soaktop$(EXEEXT)
	$(complete_for) zsh >$@.tmp && mv $@.tmp $@
completions/soaktop.fish: soaktop$(EXEEXT)
	$(complete_for) fish >$@.tmp && mv $@.tmp $@
