#include "http/auth.h"

#include <algorithm>
#include <utility>

#include "base/not_sent.h"

namespace xai::http {

using management::Error;
using management::ErrorKind;
using management::HttpRequest;
using management::HttpResponse;
using management::Result;
using management::Secret;
using management::Transport;

namespace {

std::unexpected<Error> unusable(std::string message, std::string next) {
  return std::unexpected(
      base::not_sent(ErrorKind::unauthenticated, std::move(message), std::move(next)));
}

/// A line break in a key would end the header early and start one of its own.
bool fits_a_header(const Secret& secret) {
  return std::ranges::all_of(secret.reveal(),
                             [](unsigned char letter) { return letter > ' ' && letter < 0x7f; });
}

}  // namespace

Transport with_credential(Transport next, Secret management_key) {
  return [next = std::move(next),
          key = std::move(management_key)](const HttpRequest& request) -> Result<HttpResponse> {
    const Secret& credential = request.credential.empty() ? key : request.credential;
    if (credential.empty()) return unusable("no management key is given", "set XAI_MANAGEMENT_KEY");
    if (!fits_a_header(credential))
      return unusable("the key holds a space, a line break or another character that no key has",
                      "copy the key again, without blanks or line breaks");
    if (!request.credential.empty()) return next(request);
    HttpRequest signed_request = request;
    signed_request.credential = key;
    return next(signed_request);
  };
}

}  // namespace xai::http
