#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <string>

#include "client/pages.h"
#include "python/client.h"

namespace xai::python {

/// The pages of a list, one at a time, for as long as its Client lives.
class Pages {
 public:
  Pages(Client& client, const std::string& id, const pybind11::dict& arguments,
        const pybind11::dict& names);
  Pages(Pages&&) = default;
  ~Pages();

  /// The next page; raises StopIteration behind the last one.
  pybind11::object next();

 private:
  Client* client_;
  const wire::Descriptor* descriptor_;
  wire::Object operation_;
  std::unique_ptr<client::PageTurner> turner_{};
  pid_t process_{};  ///< Where `turner_` was made.
};

}  // namespace xai::python
