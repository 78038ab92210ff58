#include "base/zone_library.h"

#include <dlfcn.h>

#include "base/not_sent.h"

namespace xai::base {

using management::ErrorKind;
using management::Result;

namespace {

// As GCC and libstdc++ spell the two functions.
constexpr const char* file_name = "libdate-tz.so.3";
constexpr const char* database_symbol = "_ZN4date8get_tzdbEv";
constexpr const char* info_symbol =
    "_ZNK4date9time_zone13get_info_implENSt6chrono10time_pointINS1_3_V212system_clockENS1_"
    "8durationIlSt5ratioILl1ELl1EEEEEE";

/// Linking the library would bring a second libstdc++ to every start; a millisecond each.
Result<ZoneLibrary> load_library() {
  void* const handle = ::dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return no_zones("cannot load libdate-tz.so.3, which time zones need");
  ZoneLibrary library;
  library.database = reinterpret_cast<decltype(library.database)>(::dlsym(handle, database_symbol));
  library.info_of = reinterpret_cast<decltype(library.info_of)>(::dlsym(handle, info_symbol));
  if (library.database == nullptr || library.info_of == nullptr)
    return no_zones("libdate-tz.so.3 lacks a function");
  return library;
}

}  // namespace

const Result<ZoneLibrary>& zone_library() {
  static const Result<ZoneLibrary> library = load_library();
  return library;
}

std::unexpected<management::Error> no_zones(std::string message) {
  return std::unexpected(not_sent(ErrorKind::failed_precondition, std::move(message),
                                  "install libdate-tz3 and tzdata"));
}

}  // namespace xai::base
