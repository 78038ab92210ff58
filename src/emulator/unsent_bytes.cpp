#include "emulator/unsent_bytes.h"

#include <sys/ioctl.h>

namespace xai::emulator {

int unsent_bytes(int socket) {
  int bytes = 0;
  return ::ioctl(socket, TIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

}  // namespace xai::emulator
