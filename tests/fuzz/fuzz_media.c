/* What a child of liaison-media does with a file, without its sandbox. What
 * it says it wrote is what was written. */
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/media/media.h"
#include "tests/fuzz/fuzz.h"

static int out = -1, thumb = -1;

static void
begin(void)
{
	if (out < 0) {
		out = memfd_create("out", 0);
		thumb = memfd_create("thumb", 0);
		if (out < 0 || thumb < 0 || !examine_open())
			abort();
	}
	if (ftruncate(out, 0) != 0 || ftruncate(thumb, 0) != 0 ||
	    lseek(out, 0, SEEK_SET) != 0 || lseek(thumb, 0, SEEK_SET) != 0)
		abort();
}

static int64_t
size_of(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 ? st.st_size : -1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source s;
	struct found found;
	bool picture;

	begin();
	s = (struct source){data, size, out, thumb};
	examine(&s, &found);
	picture = found.type == MEDIA_JPEG || found.type == MEDIA_PNG;
	if ((unsigned)found.type >= MEDIA_TYPES ||
	    (found.out > 0 && found.out != size_of(out)) ||
	    (found.thumb > 0 && found.thumb != size_of(thumb)) ||
	    picture != (found.thumb > 0) || (picture && found.out == 0) ||
	    (found.type == MEDIA_OTHER && found.out > 0))
		abort();
	return 0;
}
