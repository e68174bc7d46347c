/* What liaison-media says of a file: a row of media.def. */
#ifndef SERVER_LIB_MEDIA_H
#define SERVER_LIB_MEDIA_H

enum media_type {
#define MEDIA(name, kind, type) MEDIA_##name,
#include "server/lib/media.def"
#undef MEDIA
	MEDIA_TYPES
};

#endif
