#include "python/types.h"

#include <functional>
#include <string>
#include <type_traits>
#include <utility>

#include "python/results.h"
#include "wire/operations.h"

namespace py = pybind11;

namespace xai::python {

namespace {

using std::type_identity;

/// Whose value it is: the form differs.
enum class Form : std::uint8_t {
  answer,   ///< As the service sends it.
  request,  ///< As a caller may give it.
  result,   ///< As `to_object` makes it.
};

std::string literal_of(const std::string& names) { return "Literal[" + names + "]"; }

template <class Enum, std::size_t... I>
std::string literal_of(std::index_sequence<I...>) {
  std::string names;
  ((names += (I == 0 ? "'" : ", '") + std::string{enumerator_name<static_cast<Enum>(I)>()} + "'"),
   ...);
  return literal_of(names);
}

/// Writes types in Python's words, and keeps each struct it meets.
class Types {
 public:
  explicit Types(Form form, py::dict& found) : form_{form}, found_{&found} {}

  template <class T>
  std::string of(type_identity<T>) {
    if constexpr (std::is_enum_v<T>)
      return literal_of<T>(std::make_index_sequence<enumerator_count<T>()>{});
    else
      return model<T>();
  }
  template <class T>
  std::string of(type_identity<std::optional<T>>) {
    const std::string type = of(type_identity<T>{});
    return form_ == Form::answer ? type : "Optional[" + type + "]";
  }
  template <class T>
  std::string of(type_identity<std::vector<T>>) {
    return (form_ == Form::request ? "Sequence[" : "List[") + of(type_identity<T>{}) + "]";
  }
  template <class T>
  std::string of(type_identity<std::map<std::string, T>>) {
    return "Dict[str, " + of(type_identity<T>{}) + "]";
  }
  template <class T>
  std::string of(type_identity<wire::Shown<T>>) {
    return of(type_identity<T>{});
  }
  std::string of(type_identity<std::string>) { return "str"; }
  std::string of(type_identity<std::string_view>) { return "str"; }
  std::string of(type_identity<management::Secret>) { return "str"; }
  std::string of(type_identity<management::Acl>) { return "str"; }
  template <class Enum>
  std::string of(type_identity<management::OpenEnum<Enum>>) {
    return "str";
  }
  std::string of(type_identity<management::FieldMask>) { return "str"; }
  std::string of(type_identity<bool>) { return "bool"; }
  std::string of(type_identity<std::int32_t>) { return "int"; }
  std::string of(type_identity<std::size_t>) { return "int"; }
  std::string of(type_identity<std::int64_t>) { return one_of("str", "Union[int, str]", "int"); }
  std::string of(type_identity<management::Timestamp>) {
    return one_of("str", "Union[str, date, timedelta]", "datetime");
  }
  std::string of(type_identity<management::Cents>) { return one_of("str", "str", "Decimal"); }
  std::string of(type_identity<management::Decimal>) { return one_of("float", "float", "Decimal"); }
  std::string of(type_identity<std::chrono::sys_days>) { return "date"; }
  std::string of(type_identity<std::chrono::milliseconds>) { return "timedelta"; }
  std::string of(type_identity<std::chrono::seconds>) { return "timedelta"; }
  std::string of(type_identity<management::Error>) { return "XAIManagementError"; }

  /// Adds a struct; its name.
  template <class T>
  std::string model() {
    const std::string name{type_name<T>()};
    if (found_->contains(name.c_str())) return name;
    py::dict type;
    py::dict typed_members;
    type["is_total"] = form_ == Form::result;
    type["members"] = typed_members;
    (*found_)[name.c_str()] = type;
    const auto add = [&](const auto& field) {
      typed_members[std::string{field.name}.c_str()] = of_line(field);
    };
    std::apply([&](const auto&... field) { (add(field), ...); }, wire::fields<T>.fields);
    return name;
  }

 private:
  template <class Class, class Member>
  std::string of_line(const wire::Field<Class, Member>& field) {
    return field.is_boxed ? "BoxedCents" : of(type_identity<Member>{});
  }
  template <class Class, class Value>
  std::string of_line(const wire::Computed<Class, Value>&) {
    return of(type_identity<Value>{});
  }

  [[nodiscard]] std::string one_of(const char* answer, const char* request,
                                   const char* result) const {
    return form_ == Form::answer ? answer : form_ == Form::request ? request : result;
  }

  Form form_;
  py::dict* found_;
};

template <class Operation>
void add_operation(py::dict& types, py::dict& answers) {
  answers[std::string{Operation::id}.c_str()] =
      Types{Form::answer, types}.template model<typename Operation::Response>();
  const auto add = [&](const auto& field) {
    using Value = std::remove_cvref_t<decltype(std::declval<Operation&>().*(field.member))>;
    if constexpr (wire::Modelled<Value>) Types{Form::request, types}.template model<Value>();
  };
  std::apply([&](const auto&... field) { (add(field), ...); }, wire::row<Operation>.table.fields);
}

template <class... Operations>
void add_operations(wire::TypeList<Operations...>, py::dict& types, py::dict& answers) {
  (add_operation<Operations>(types, answers), ...);
}

template <class... Events>
py::list add_events(const std::variant<Events...>*, py::dict& types) {
  py::list names;
  const auto add = [&]<class E>(type_identity<E>) {
    if constexpr (wire::Modelled<E>) names.append(Types{Form::result, types}.template model<E>());
  };
  (add(type_identity<Events>{}), ...);
  return names;
}

template <class... Results>
void add_results(py::dict& types) {
  (Types{Form::result, types}.template model<Results>(), ...);
}

}  // namespace

py::dict describe_types() {
  using namespace management;
  py::dict types;
  py::dict answers;
  py::dict boxed;
  boxed["is_total"] = false;
  boxed["members"] = py::dict(py::arg("val") = "str");
  types["BoxedCents"] = boxed;
  add_operations(wire::Operations{}, types, answers);
  add_results<Balance, UsageReport, Readiness, SecretVerdict, Unfinished>(types);
  py::dict all;
  all["types"] = types;
  all["answers"] = answers;
  Types results{Form::result, types};
  all["aliases"] = py::dict(py::arg("UsageUnit") = results.of(type_identity<UsageUnit>{}),
                            py::arg("UsageGrouping") = results.of(type_identity<UsageGrouping>{}));
  all["events"] = add_events(static_cast<const Event*>(nullptr), types);
  return all;
}

}  // namespace xai::python
