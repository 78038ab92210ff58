#include "cli/secret_service.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "base/file.h"

namespace xai::cli {

namespace {

// What is used of GLib and libsecret, as their reference manuals have it: docs.gtk.org/glib and
// gnome.pages.gitlab.gnome.org/libsecret. Their headers would have to be there for every build.

struct ErrorObject {
  std::uint32_t domain;
  int code;
  char* message;
};
struct ListNode {
  void* data;
  ListNode* next;
  ListNode* previous;
};
struct HashTable;
struct Service;
struct Collection;
struct Value;

struct Library {
  unsigned (*string_hash)(const void*);
  int (*string_equal)(const void*, const void*);
  HashTable* (*new_table)(unsigned (*)(const void*), int (*)(const void*, const void*));
  int (*insert)(HashTable*, void* key, void* value);
  Service* (*service)(int flags, void* cancellable, ErrorObject** error);
  ListNode* (*search)(Service*, const void* schema, HashTable* attributes, int flags,
                      void* cancellable, ErrorObject** error);
  int (*is_item_locked)(void* item);
  Value* (*secret_of)(void* item);
  const char* (*bytes_of)(Value*, std::size_t* length);
  Collection* (*collection)(Service*, const char* alias, int flags, void* cancellable,
                            ErrorObject** error);
  int (*is_collection_locked)(Collection*);
  Value* (*new_value)(const char* bytes, std::intptr_t length, const char* content_type);
  int (*store)(Service*, const void* schema, HashTable* attributes, const char* collection,
               const char* label, Value* value, void* cancellable, ErrorObject** error);
};

using Failure = SecretServiceFailure;

constexpr const char* unlock_it =
    "unlock it by logging in to the desktop, or keep the key in a file";

std::expected<Library, Failure> load_library() {
  // What GLib has to say goes to standard error, which is shared with the process that asks.
  const base::File nowhere{::open("/dev/null", O_WRONLY | O_CLOEXEC)};
  ::dup2(nowhere.get(), STDERR_FILENO);
  void* const handle = ::dlopen("libsecret-1.so.0", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr)
    return std::unexpected{Failure{"cannot load libsecret-1.so.0", "install libsecret-1-0"}};
  Library library{};
  bool is_whole = true;
  const auto find = [&](const char* name, auto& function) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(handle, name));
    is_whole = is_whole && function != nullptr;
  };
  find("g_str_hash", library.string_hash);
  find("g_str_equal", library.string_equal);
  find("g_hash_table_new", library.new_table);
  find("g_hash_table_insert", library.insert);
  find("secret_service_get_sync", library.service);
  find("secret_service_search_sync", library.search);
  find("secret_item_get_locked", library.is_item_locked);
  find("secret_item_get_secret", library.secret_of);
  find("secret_value_get", library.bytes_of);
  find("secret_collection_for_alias_sync", library.collection);
  find("secret_collection_get_locked", library.is_collection_locked);
  find("secret_value_new", library.new_value);
  find("secret_service_store_sync", library.store);
  if (!is_whole)
    return std::unexpected{Failure{"libsecret-1.so.0 lacks a function", "install libsecret-1-0"}};
  return library;
}

/// Which entry is the profile's. The table lives as long as this process, which is short.
HashTable* attributes_of(const Library& library, const std::string& profile) {
  static std::string kept;
  kept = profile;
  HashTable* const table = library.new_table(library.string_hash, library.string_equal);
  const auto insert = [&](const char* name, const char* value) {
    library.insert(table, const_cast<char*>(name), const_cast<char*>(value));
  };
  insert("xdg:schema", "xai-management");
  insert("profile", kept.c_str());
  return table;
}

std::unexpected<Failure> no_answer(const ErrorObject* error) {
  std::string why = error == nullptr ? "it does not answer" : error->message;
  std::ranges::replace(why, '\n', ' ');
  return std::unexpected{
      Failure{std::move(why), "run where the desktop's keyring runs, or keep the key in a file"}};
}

}  // namespace

std::expected<std::string, Failure> look_up_secret(const std::string& profile) {
  const auto library = load_library();
  if (!library) return std::unexpected{library.error()};
  // Without the flag that would have the user asked to unlock what is locked.
  constexpr int load_secrets = 1 << 3;
  ErrorObject* error = nullptr;
  const ListNode* const items = library->search(nullptr, nullptr, attributes_of(*library, profile),
                                                load_secrets, nullptr, &error);
  if (error != nullptr) return no_answer(error);
  if (items == nullptr) return std::string{};
  if (library->is_item_locked(items->data) != 0)
    return std::unexpected{Failure{"it is locked", unlock_it}};
  Value* const value = library->secret_of(items->data);
  if (value == nullptr) return no_answer(nullptr);
  std::size_t length = 0;
  const char* const bytes = library->bytes_of(value, &length);
  return std::string{bytes, length};
}

std::expected<void, Failure> store_secret(const std::string& profile, std::string_view secret) {
  const auto library = load_library();
  if (!library) return std::unexpected{library.error()};
  ErrorObject* error = nullptr;
  Service* const service = library->service(0, nullptr, &error);
  if (service == nullptr) return no_answer(error);
  // Storing into a locked collection, or one that is not there, would ask the user.
  Collection* const collection = library->collection(service, "default", 0, nullptr, &error);
  if (error != nullptr) return no_answer(error);
  if (collection == nullptr)
    return std::unexpected{
        Failure{"there is no default keyring",
                "make one in the desktop's settings, or keep the key in a file"}};
  if (library->is_collection_locked(collection) != 0)
    return std::unexpected{Failure{"it is locked", unlock_it}};
  Value* const value =
      library->new_value(secret.data(), static_cast<std::intptr_t>(secret.size()), "text/plain");
  const std::string label = "Management key of the profile " + profile;
  if (library->store(service, nullptr, attributes_of(*library, profile), "default", label.c_str(),
                     value, nullptr, &error) == 0)
    return no_answer(error);
  return {};
}

}  // namespace xai::cli
