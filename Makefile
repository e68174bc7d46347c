# liaison. "make help" lists the targets; everything built lies in build/.
#
#   V=1          show the commands
#   SANITIZE=1   address and undefined-behaviour sanitizers, in build/san/
#   T=name       one test: a unit test binary or an e2e scene

CC ?= gcc
PREFIX ?= /usr/local
DESTDIR ?=
PORT ?= 2222
HTTP_PORT ?= 8080
DIR ?= var/demo
T ?=

ifeq ($(SANITIZE),1)
B := build/san
OPT := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all -DSANITIZE=1
LDOPT := -fsanitize=address,undefined
else
B := build
OPT := -O2 -g -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	-fstack-clash-protection
LDOPT := -Wl,-z,relro,-z,now
endif
Q := $(if $(V),,@)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wvla -Wwrite-strings \
	-Wpointer-arith -Wcast-qual -Wformat=2 -Wundef -Wimplicit-fallthrough \
	-Wnull-dereference -Wconversion -Wno-sign-conversion -fno-common -Werror
# Zeroed locals cost nothing measurable; older compilers refuse the flag.
INIT := $(shell echo 'int x;' | $(CC) -ftrivial-auto-var-init=zero -xc -c - \
	-o /dev/null 2>/dev/null && echo -ftrivial-auto-var-init=zero)

LOCALEDIR := $(PREFIX)/share/locale
ALL_CFLAGS := -std=c11 -D_GNU_SOURCE -I. $(WARN) $(OPT) $(INIT) -fPIE \
	-DLOCALEDIR='"$(LOCALEDIR)"' -MMD -MP $(CFLAGS)
ALL_LDFLAGS := -pie -Wl,--as-needed $(LDOPT) $(LDFLAGS)

PROGRAMS := liaisond liaison-auth liaison-net liaison-tui liaison-web \
	liaison-media liaison-post liaisonctl

# Libraries, lowest layer first; a program links the ones below it only.
BASE := $(wildcard db/base/*.c)
STORE := $(wildcard db/store/*.c db/*.c)
TUI := $(wildcard tui/*.c tui/term/*.c tui/widget/*.c tui/screen/*.c)
LIB := $(wildcard server/lib/*.c)

liaisond_SRC := $(wildcard server/liaisond/*.c)
liaison-auth_SRC := $(wildcard server/auth/*.c)
liaison-net_SRC := $(wildcard server/net/*.c)
liaison-tui_SRC := $(wildcard server/session/*.c)
liaison-web_SRC := $(wildcard server/web/*.c)
liaison-media_SRC := $(wildcard server/media/*.c)
liaison-post_SRC := $(wildcard server/post/*.c)
liaisonctl_SRC := $(wildcard server/ctl/*.c)

BASE_LIBS := -linih -lsodium -lqrencode -ljansson -licui18n -licuuc -lcsv -loath -lm
liaisond_LIBS := lib.a base.a
liaison-auth_LIBS := lib.a store.a base.a
liaison-net_LIBS := lib.a base.a
liaison-tui_LIBS := tui.a store.a lib.a base.a
liaison-web_LIBS := lib.a store.a base.a
liaison-media_LIBS := lib.a base.a
liaison-post_LIBS := lib.a store.a base.a
liaisonctl_LIBS := store.a lib.a base.a
liaisond_LDLIBS := $(BASE_LIBS)
liaison-auth_LDLIBS := -lseccomp -lsqlite3 $(BASE_LIBS)
liaison-net_LDLIBS := -lssh -lseccomp $(BASE_LIBS)
liaison-tui_LDLIBS := -lncursesw -ltinfo -lseccomp -lsqlite3 $(BASE_LIBS)
liaison-web_LDLIBS := -lmicrohttpd -lseccomp -lsqlite3 $(BASE_LIBS)
MEDIA_LIBS := -lmagic -lturbojpeg -lexif -lpng -lwebp -lgif
liaison-media_LDLIBS := $(MEDIA_LIBS) -lseccomp $(BASE_LIBS)
liaison-post_LDLIBS := -lcurl -lseccomp -lsqlite3 $(BASE_LIBS)
liaisonctl_LDLIBS := -lsqlite3 $(BASE_LIBS)

UNIT_TESTS := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
UNIT_COMMON := $(wildcard tests/unit/fixture*.c)
E2E_SRC := $(wildcard tests/e2e/*.c) tests/bench/relay.c

obj = $(patsubst %.c,$(B)/obj/%.o,$(1))
MO := $(B)/locale/zh_CN/LC_MESSAGES/liaison.mo $(B)/locale/en/LC_MESSAGES/liaison.mo

.PHONY: all
all: $(foreach p,$(PROGRAMS),$(if $(filter %/main.c,$($(p)_SRC)),$(B)/$(p))) $(MO) ## build everything

$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(if $(V),,@echo "  CC   $<")
	$(Q)$(CC) $(ALL_CFLAGS) -c $< -o $@

# Migrations become one table of strings; pedantic compilers call it long.
$(B)/gen/migrations.c: $(wildcard db/migrations/*.sql)
	@mkdir -p $(@D)
	$(Q){ echo '#include "db/store/migrate.h"'; \
	echo 'const struct migration migrations[] = {'; \
	for f in $(sort $^); do echo "{\"$$(basename $$f .sql)\","; \
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$$/\\n"/' $$f; \
	echo '},'; done; echo '{0, 0}};'; } >$@

$(B)/obj/gen/migrations.o: $(B)/gen/migrations.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-overlength-strings -c $< -o $@

# Passwords that are refused, sorted as strcasecmp sorts small letters.
$(B)/gen/passwords.c: conf/passwords
	@mkdir -p $(@D)
	$(Q){ echo '#include "db/base/policy.h"'; \
	echo 'const char *const policy_common[] = {'; \
	grep -v '^#' $< | tr A-Z a-z | LC_ALL=C sort -u | sed 's/.*/"&",/'; \
	echo '};'; echo 'const int policy_common_count ='; \
	echo '    sizeof(policy_common) / sizeof(policy_common[0]);'; } >$@

$(B)/obj/gen/passwords.o: $(B)/gen/passwords.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -c $< -o $@

# What a character is searched as: a table that ICU's makes.
$(B)/gen/fold-table: db/base/gen/fold_table.c db/base/fold_table.h
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MF $@.d $(ALL_LDFLAGS) -o $@ $< -licui18n -licuuc

$(B)/gen/fold.c: $(B)/gen/fold-table
	$(Q)$< >$@.new && mv $@.new $@

$(B)/obj/gen/fold.o: $(B)/gen/fold.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -c $< -o $@

$(B)/base.a: $(call obj,$(BASE)) $(B)/obj/gen/passwords.o $(B)/obj/gen/fold.o
$(B)/store.a: $(call obj,$(STORE)) $(B)/obj/gen/migrations.o
$(B)/tui.a: $(call obj,$(TUI))
$(B)/lib.a: $(call obj,$(LIB))
$(B)/%.a:
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)ar rcs $@ $^

define program
$(B)/$(1): $(call obj,$($(1)_SRC)) $(addprefix $(B)/,$($(1)_LIBS))
	$(if $(V),,@echo "  LD   $$@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $$@ $$^ $($(1)_LDLIBS)
endef
$(foreach p,$(PROGRAMS),$(eval $(call program,$(p))))

$(B)/locale/%/LC_MESSAGES/liaison.mo: conf/po/%.po
	@mkdir -p $(@D)
	$(Q)msgfmt --check -o $@ $<

# --- tests ---------------------------------------------------------------

# A unit test links the real libraries, every layer of them, and of the
# programs what is a module of its own.
TEST_LIBS := $(call obj,server/net/convert.c server/web/form.c \
	server/web/limit.c server/web/upload.c \
	$(filter-out %/main.c,$(liaison-media_SRC))) \
	$(addprefix $(B)/,tui.a store.a lib.a base.a)
TEST_LDLIBS := -lcmocka -lseccomp -lvterm -lncursesw -ltinfo -lsqlite3 \
	-lmicrohttpd $(MEDIA_LIBS) $(BASE_LIBS)
UNIT_PROGRAMS := $(addprefix $(B)/tests/,$(UNIT_TESTS))

$(UNIT_PROGRAMS): $(B)/tests/%: $(B)/obj/tests/unit/%.o \
		$(call obj,$(UNIT_COMMON)) $(TEST_LIBS)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LD   $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(TEST_LDLIBS)

# The client of soak and benchmark is tested, too.
$(B)/tests/test_client: $(call obj,tests/bench/client.c)
$(B)/tests/test_client: TEST_LDLIBS += -lssh

# The driver of scenes: a real ssh client with a terminal behind it.
$(B)/tests/drive: $(call obj,$(E2E_SRC)) $(B)/base.a
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LD   $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lvterm -lzbar -lpng -lutil $(BASE_LIBS)

# A client that obeys nobody, which scenes run against their site.
$(B)/tests/hostile: $(call obj,$(wildcard tests/hostile/*.c)) $(B)/base.a
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LD   $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(BASE_LIBS)

# Strangers at the door of a scene's server: many, and one who measures.
$(B)/tests/flood: $(call obj,tests/flood/flood.c)
$(B)/tests/alike: $(call obj,tests/alike/alike.c)
$(B)/tests/flood $(B)/tests/alike:
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LD   $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lssh

# A liaison-net that lies.
$(B)/tests/liar: $(call obj,tests/liar/liar.c) $(addprefix $(B)/,lib.a base.a)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LD   $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(BASE_LIBS)

# Somebody at a station's desk, for scenes.
$(B)/tests/desk: $(call obj,tests/desk/desk.c) $(addprefix $(B)/,store.a lib.a base.a)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LD   $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lsqlite3 $(BASE_LIBS)

# Fuzzers over their corpora, without libFuzzer.
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
REPLAYS := $(addprefix $(B)/tests/fuzz_,$(FUZZERS))
$(REPLAYS): $(B)/tests/fuzz_%: $(B)/obj/tests/fuzz/fuzz_%.o \
		$(B)/obj/tests/fuzz/replay.o $(TEST_LIBS)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LD   $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(TEST_LDLIBS)

.PHONY: test-programs
test-programs: all $(UNIT_PROGRAMS) $(REPLAYS) \
		$(addprefix $(B)/tests/,drive hostile flood alike liar desk)

.PHONY: test
test: ## everything but bench, fuzz and soak; T=name for one test
	$(Q)conf/install-packages run test
	$(Q)$(MAKE) --no-print-directory test-programs
	$(Q)tests/run $(B) $(T)

.PHONY: golden
golden: ## rewrite the golden screens; read the git diff
	$(Q)$(MAKE) --no-print-directory test-programs
	$(Q)GOLDEN=write tests/run $(B) $(T)

.PHONY: lint
lint: ## static analysis and the house rules
	$(Q)conf/install-packages run test lint
	$(Q)$(MAKE) --no-print-directory all
	$(Q)tests/lint/run $(B)

.PHONY: run
run: ## build, make a demo site in var/demo, serve it on 127.0.0.1
	$(Q)conf/install-packages run
	$(Q)$(MAKE) --no-print-directory all
	$(Q)conf/run-demo $(B) "$(DIR)" "$(PORT)" "$(HTTP_PORT)"

# --- longer runs ---------------------------------------------------------

BENCH_SRC := $(wildcard tests/bench/*.c)
$(B)/tests/bench: $(call obj,$(BENCH_SRC)) $(addprefix $(B)/,lib.a store.a base.a)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LD   $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lssh -lsqlite3 -lutil $(BASE_LIBS)

$(B)/tests/soak: $(call obj,$(wildcard tests/soak/*.c) tests/bench/client.c \
		tests/e2e/vt.c) $(B)/base.a
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LD   $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lssh -lvterm -lsqlite3 $(BASE_LIBS)

# What sshd runs beside us: an ordinary program on a pty.
$(B)/tests/peer: $(call obj,tests/bench/peer/peer.c)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  LD   $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lncursesw -ltinfo -lsqlite3

.PHONY: bench
bench: ## the budgets, beside an sshd of its own; BENCH_QUICK=1 for a glance
	$(Q)conf/install-packages run test
	$(Q)$(MAKE) --no-print-directory all $(B)/tests/bench $(B)/tests/peer
	$(Q)tests/bench/run $(B) $(T)

# Fuzzers are built by clang with libFuzzer; "make test" replays the corpora
# through the same files.
FUZZ_SECONDS ?= 60

.PHONY: fuzz
fuzz: ## feed each parser that strangers reach, FUZZ_SECONDS=60 each
	$(Q)conf/install-packages run test fuzz
	$(Q)tests/fuzz/run "$(FUZZ_SECONDS)" $(if $(T),$(T),$(FUZZERS))

.PHONY: soak
soak: ## a hundred at work for SOAK_SECONDS=600 while all is killed
	$(Q)conf/install-packages run test
	$(Q)$(MAKE) --no-print-directory all $(B)/tests/soak
	$(Q)tests/soak/run $(B)

.PHONY: flood
flood: ## ten thousand bad sign-ins while somebody signs in
	$(Q)conf/install-packages run test
	$(Q)$(MAKE) --no-print-directory all $(B)/tests/flood
	$(Q)tests/flood/run $(B)

# --- installing ----------------------------------------------------------

BIN := $(DESTDIR)$(PREFIX)/bin
MAN := $(DESTDIR)$(PREFIX)/share/man
UNITS := $(DESTDIR)$(PREFIX)/lib/systemd/system
DOC := $(DESTDIR)$(PREFIX)/share/doc/liaison

# liaisond finds the other programs beside itself.
.PHONY: install
install: all ## install under DESTDIR and PREFIX
	install -d $(BIN) $(UNITS) $(DOC)
	install $(addprefix $(B)/,$(PROGRAMS)) $(BIN)
	for l in zh_CN en; do \
		install -D -m 644 $(B)/locale/$$l/LC_MESSAGES/liaison.mo \
		$(DESTDIR)$(LOCALEDIR)/$$l/LC_MESSAGES/liaison.mo || exit 1; done
	for m in conf/man/*.[1-8]; do s=$${m##*.}; \
		install -D -m 644 $$m $(MAN)/man$$s/$$(basename $$m) || exit 1; done
	sed 's|/usr/local|$(PREFIX)|' conf/systemd/liaisond.service \
		>$(UNITS)/liaisond.service
	install -m 644 conf/liaison.ini $(DOC)/liaison.ini

.PHONY: uninstall
uninstall: ## remove what install put there
	rm -f $(addprefix $(BIN)/,$(PROGRAMS)) $(UNITS)/liaisond.service
	rm -f $(DESTDIR)$(LOCALEDIR)/*/LC_MESSAGES/liaison.mo
	for m in conf/man/*.[1-8]; do rm -f $(MAN)/man$${m##*.}/$$(basename $$m); done
	rm -rf $(DOC)

# --- catalogues ----------------------------------------------------------

POT := $(B)/liaison.pot
XGETTEXT := xgettext --from-code=UTF-8 --language=C --keyword --keyword=_ \
	--keyword=N_ --keyword=P_:1,2 --keyword=C_:1c,2 --no-location \
	--sort-output --package-name=liaison

.PHONY: po
po: ## merge the sources' sentences into both catalogues
	@mkdir -p $(B)
	$(Q)git ls-files -co --exclude-standard '*.c' '*.h' '*.def' \
	':!tests' | $(XGETTEXT) -f - -o $(POT)
	$(Q)msgmerge -q --no-fuzzy-matching --sort-output --no-location -o \
	$(B)/zh_CN.po conf/po/zh_CN.po $(POT)
	$(Q)msgattrib --no-obsolete -o conf/po/zh_CN.po $(B)/zh_CN.po
	$(Q)msgmerge -q --no-fuzzy-matching --sort-output --no-location -o \
	$(B)/en.po conf/po/en.po $(POT)
	$(Q)msgattrib --no-obsolete $(B)/en.po | msgen --force-po -o conf/po/en.po -
	$(Q)msgfmt --statistics -o /dev/null conf/po/zh_CN.po

.PHONY: format
format: ## clang-format over everything
	$(Q)git ls-files '*.c' '*.h' | xargs clang-format -i

.PHONY: dist
dist: ## a source archive in build/
	@mkdir -p $(B)
	git archive --prefix=liaison/ -o $(B)/liaison.tar.gz HEAD

# --- housekeeping --------------------------------------------------------

.PHONY: packages
packages: ## install what building needs (Debian 12)
	$(Q)conf/install-packages run

.PHONY: clean
clean: ## remove build/
	rm -rf build

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | \
	sort | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)
