#pragma once

#include <string_view>

#include "xai/management/transport.h"

namespace xai::emulator {

/// An operation of the service that has no route here.
struct NotImitated {
  management::Method method;
  std::string_view path;  ///< As a template.
  std::string_view id;    ///< As the contract names it.
};

/// The one that a request asks for; null for none.
const NotImitated* find_not_imitated(management::Method method, std::string_view path);

/// Whether the path is one of theirs, by whatever method.
bool is_of_not_imitated(std::string_view path);

/// Whether the inference host answers there, with what an API key is needed for.
bool is_of_inference(std::string_view path);

}  // namespace xai::emulator
