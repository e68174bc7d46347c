/*
 * Translation. Msgids are plain English sentences; zh_CN and en are both
 * complete catalogues. _() when shown, N_() in tables, P_() for counts,
 * C_() for short words that need a context. One language a process.
 */
#ifndef DB_BASE_I18N_H
#define DB_BASE_I18N_H

#define _(text) i18n_text(text)
#define N_(text) text
#define P_(one, many, n) i18n_plural(one, many, n)
#define C_(context, text) i18n_context(context "\004" text, text)

enum language { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGES };

/* Locale C.UTF-8 and the catalogues of dir (NULL: the installed folder).
 * Call once, early; exits the process when UTF-8 is not to be had. */
void i18n_init(const char *dir);

/* Switch the language of every later text; cheap, may be called any time. */
void i18n_use(enum language language);
enum language i18n_language(void);

/* "zh" or "en" and back; anything else reads as LANGUAGE_ZH. */
const char *language_name(enum language language);
enum language language_of(const char *name);

const char *i18n_text(const char *msgid) __attribute__((format_arg(1)));
const char *i18n_plural(const char *one, const char *many, unsigned long n)
    __attribute__((format_arg(1))) __attribute__((format_arg(2)));
const char *i18n_context(const char *key, const char *msgid)
    __attribute__((format_arg(2)));

#endif
