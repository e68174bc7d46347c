/* Predicates that more than one entity's queries need. */
#ifndef DB_PREDICATES_H
#define DB_PREDICATES_H

/* The from-to row of table t is current today. */
#define CURRENT(t)                                                             \
	t ".from_on <= :today AND"                                             \
	  " (" t ".to_on IS NULL OR " t ".to_on >= :today)"

/* The person has :find (of person_find_text) in the name, or their pinyin
 * or initials begin with it. */
#define PERSON_FINDS                                                           \
	"(instr(person.name, :find) > 0"                                       \
	" OR substr(person.initials, 1, length(:find)) = :find"                \
	" OR substr(replace(person.pinyin, ' ', ''), 1, length(:find)) = "     \
	":find)"

/* The number of the points that hold for a kind of duty in a year. */
#define DUTY_RULE_OF(kind, year)                                               \
	"(SELECT x.id FROM duty_rule AS x WHERE x.name = " kind                \
	" AND x.from_on <= " year " || '-12-31'"                               \
	" ORDER BY x.from_on DESC LIMIT 1)"

/* What a grade of a kind brings: rule times counter, at most the cap. */
#define DUTY_CAPPED(rule, grade, n)                                            \
	"coalesce(iif(" rule "." grade "_cap > 0, min(" n ".n * " rule         \
	"." grade "_points, " rule "." grade "_cap), " n ".n * " rule          \
	"." grade "_points), 0)"

/* A project (of table or alias t) that any deputy may look at: of their own
 * unit all that is not held back, of others what is published or was ever
 * selected. And one that an office leads or proposed; the + keeps the planner
 * from two indexes, whose rows it would have to sort. */
#define PROJECT_OF_ANYONE(t)                                                   \
	"((" t ".unit = :my_unit AND " t ".state <> 'held')"                   \
	" OR " t ".published = 1 OR " t ".state IN ('selected', 'planned',"    \
	" 'running', 'claimed', 'inspected', 'rated', 'archived', 'stopped'))"
#define PROJECT_OF_ORGAN(t)                                                    \
	"(+" t ".lead = :my_organ OR +" t ".organ = :my_organ)"

#endif
