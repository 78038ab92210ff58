#pragma once

#include "base/clock.h"
#include "xai/management/client.h"

namespace xai::client {

/// Time and chance, as the client meets them. Tests put fakes here.
struct Seams {
  base::Clock clock{base::system_clock()};
  base::Sleep sleep{base::system_sleep()};
  base::Random random{base::system_random()};
};

management::Client make_client(management::ClientOptions options, Seams seams);

}  // namespace xai::client
