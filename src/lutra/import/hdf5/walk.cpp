#include "lutra/import/hdf5/walk.h"

#include <fmt/format.h>
#include <hdf5.h>

namespace lutra::hdf5 {

namespace {

/// An HDF5 handle, closed when it goes.
class Handle {
public:
    Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (is_valid()) {
            close_(id_);
        }
    }
    bool is_valid() const { return id_ >= 0; }
    operator hid_t() const { return id_; }  // NOLINT: the library takes handles as numbers

private:
    hid_t id_;
    herr_t (*close_)(hid_t);
};

/// Why an object is left out.
using Reason = std::string;

class Walker {
public:
    Walker(const Hdf5Limits& limits, FrameWriter& frames) : limits_(limits), frames_(frames) {}

    /// Visits a group and all below; false when a limit of the whole file is broken.
    bool visit_group(hid_t group, const std::string& path, int depth) {
        if (!count_object()) {
            return false;
        }
        frames_.group(path);
        visit_attributes(group, path);
        std::vector<std::string> names;
        hsize_t next = 0;
        const auto collect = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
            static_cast<std::vector<std::string>*>(list)->emplace_back(name);
            return 0;
        };
        if (H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, &next, collect, &names) < 0) {
            frames_.unread(path, "its members cannot be listed");
        }
        for (const std::string& name : names) {
            const std::string member = path.empty() ? name : path + "/" + name;
            const bool is_optimizer = path.empty() && (name == "optimizer" || name == "optimizer_weights");
            if (!is_optimizer && !visit_link(group, name, member, depth)) {
                return false;
            }
        }
        return true;
    }

private:
    bool count_object() {
        if (++num_objects_ > limits_.max_objects) {
            frames_.failure(fmt::format("it has more than {} objects, or groups that contain each other", limits_.max_objects));
            return false;
        }
        return true;
    }

    bool visit_link(hid_t group, const std::string& name, const std::string& path, int depth) {
        H5L_info_t link;
        if (H5Lget_info(group, name.c_str(), &link, H5P_DEFAULT) < 0 || link.type != H5L_TYPE_HARD) {
            frames_.unread(path, "it is a link to elsewhere");
            return true;
        }
        const Handle object(H5Oopen(group, name.c_str(), H5P_DEFAULT), H5Oclose);
        if (!object.is_valid()) {
            frames_.unread(path, "it cannot be opened");
            return count_object();
        }
        switch (H5Iget_type(object)) {
            case H5I_GROUP:
                if (depth >= limits_.max_depth) {
                    frames_.failure(fmt::format("its groups are nested more than {} deep", limits_.max_depth));
                    return false;
                }
                return visit_group(object, path, depth + 1);
            case H5I_DATASET: return visit_dataset(object, path);
            default: frames_.unread(path, "it is neither a group nor a dataset"); return count_object();
        }
    }

    bool visit_dataset(hid_t dataset, const std::string& path) {
        if (!count_object()) {
            return false;
        }
        visit_attributes(dataset, path);
        const Handle properties(H5Dget_create_plist(dataset), H5Pclose);
        if (!properties.is_valid() || H5Pget_layout(properties) == H5D_VIRTUAL || H5Pget_external_count(properties) != 0) {
            frames_.unread(path, "its data are in another file");
            return true;
        }
        const Handle type(H5Dget_type(dataset), H5Tclose);
        const Handle space(H5Dget_space(dataset), H5Sclose);
        Hdf5Numbers numbers;
        const Reason reason =
            read_numbers(type, space, numbers, [&](void* values) { return H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values); });
        if (reason.empty()) {
            frames_.dataset(path, numbers);
        } else {
            frames_.unread(path, reason);
        }
        return true;
    }

    /// Reads numbers of a dataset or an attribute; the reason why not, if so.
    Reason read_numbers(hid_t type, hid_t space, Hdf5Numbers& numbers, const std::function<herr_t(void*)>& read) {
        const H5T_class_t kind = H5Tget_class(type);
        if (kind != H5T_INTEGER && kind != H5T_FLOAT) {
            return "it holds no numbers";
        }
        numbers.is_integer = kind == H5T_INTEGER;
        numbers.element_bytes = static_cast<int>(std::min<std::size_t>(H5Tget_size(type), 255));
        std::uint64_t count = 1;
        if (const Reason reason = read_extents(space, numbers.extents, count); !reason.empty()) {
            return reason;
        }
        if (count > limits_.max_elements - num_elements_) {
            return fmt::format("with it the file has more than {} numbers", limits_.max_elements);
        }
        num_elements_ += count;
        numbers.values.resize(count);
        return count == 0 || read(numbers.values.data()) >= 0 ? "" : "its data cannot be read";
    }

    Reason read_extents(hid_t space, std::vector<std::int64_t>& extents, std::uint64_t& count) const {
        const int rank = H5Sget_simple_extent_ndims(space);
        if (rank < 0 || H5Sget_simple_extent_type(space) == H5S_NULL) {
            return "it has no shape";
        }
        std::vector<hsize_t> sizes(static_cast<std::size_t>(rank));
        if (H5Sget_simple_extent_dims(space, sizes.data(), nullptr) != rank) {
            return "its shape cannot be read";
        }
        for (const hsize_t size : sizes) {
            if (size > limits_.max_elements || (size != 0 && count > limits_.max_elements / size)) {
                return fmt::format("it has more than {} numbers", limits_.max_elements);
            }
            count *= size;
            extents.push_back(static_cast<std::int64_t>(size));
        }
        return "";
    }

    void visit_attributes(hid_t object, const std::string& path) {
        std::vector<std::string> names;
        hsize_t next = 0;
        const auto collect = [](hid_t, const char* name, const H5A_info_t*, void* list) -> herr_t {
            static_cast<std::vector<std::string>*>(list)->emplace_back(name);
            return 0;
        };
        H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &next, collect, &names);
        for (const std::string& name : names) {
            const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose);
            if (!attribute.is_valid() || !count_object()) {
                continue;
            }
            const Handle type(H5Aget_type(attribute), H5Tclose);
            const Handle space(H5Aget_space(attribute), H5Sclose);
            Hdf5Attribute content;
            content.numbers.extents = {0};
            Hdf5Numbers numbers;
            if (H5Tget_class(type) == H5T_STRING) {
                content.strings = read_strings(attribute, type, space);
            } else if (read_numbers(type, space, numbers, [&](void* values) { return H5Aread(attribute, H5T_NATIVE_DOUBLE, values); }).empty()) {
                content.numbers = std::move(numbers);
            }
            frames_.attribute(path, name, content);
        }
    }

    std::vector<std::string> read_strings(hid_t attribute, hid_t type, hid_t space) {
        std::vector<std::int64_t> extents;
        std::uint64_t count = 1;
        if (!read_extents(space, extents, count).empty() || count > limits_.max_objects) {
            return {};
        }
        return H5Tis_variable_str(type) > 0 ? read_variable_strings(attribute, space, count) : read_fixed_strings(attribute, type, count);
    }

    std::vector<std::string> read_fixed_strings(hid_t attribute, hid_t type, std::uint64_t count) {
        const std::size_t size = H5Tget_size(type);
        if (size == 0 || count > (limits_.max_string_bytes - num_string_bytes_) / size) {
            return {};
        }
        num_string_bytes_ += count * size;
        std::string bytes(count * size, '\0');
        if (count == 0 || H5Aread(attribute, type, bytes.data()) < 0) {
            return {};
        }
        std::vector<std::string> strings;
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::string_view field = std::string_view(bytes).substr(i * size, size);
            strings.emplace_back(field.substr(0, field.find('\0')));
        }
        return strings;
    }

    std::vector<std::string> read_variable_strings(hid_t attribute, hid_t space, std::uint64_t count) {
        const Handle memory(H5Tcopy(H5T_C_S1), H5Tclose);
        const Handle file_type(H5Aget_type(attribute), H5Tclose);
        H5Tset_size(memory, H5T_VARIABLE);
        H5Tset_cset(memory, H5Tget_cset(file_type));
        std::vector<char*> pointers(count, nullptr);
        if (count == 0 || H5Aread(attribute, memory, pointers.data()) < 0) {
            return {};
        }
        std::vector<std::string> strings;
        for (const char* pointer : pointers) {
            const std::size_t size = pointer == nullptr ? 0 : std::strlen(pointer);
            if (size > limits_.max_string_bytes - num_string_bytes_) {
                break;
            }
            num_string_bytes_ += size;
            strings.emplace_back(pointer == nullptr ? "" : pointer, size);
        }
        H5Dvlen_reclaim(memory, space, H5P_DEFAULT, pointers.data());
        return strings;
    }

    const Hdf5Limits& limits_;
    FrameWriter& frames_;
    std::size_t num_objects_ = 0;
    std::uint64_t num_elements_ = 0;
    std::uint64_t num_string_bytes_ = 0;
};

}  // namespace

void walk_file(std::string_view bytes, const Hdf5Limits& limits, FrameWriter& frames) {
    H5dont_atexit();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    H5PLset_loading_state(0);
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    constexpr std::size_t growth = 1U << 16;
    // The library takes the image as not const, but copies it.
    void* image = const_cast<char*>(bytes.data());
    if (!access.is_valid() || H5Pset_fapl_core(access, growth, 0) < 0 || H5Pset_file_image(access, image, bytes.size()) < 0) {
        frames.failure("the library refuses it");
        return;
    }
    const Handle file(H5Fopen("model", H5F_ACC_RDONLY, access), H5Fclose);
    if (!file.is_valid()) {
        frames.failure("it is damaged or no HDF5 file");
        return;
    }
    const Handle root(H5Gopen2(file, "/", H5P_DEFAULT), H5Gclose);
    if (!root.is_valid()) {
        frames.failure("it has no root group");
        return;
    }
    if (Walker(limits, frames).visit_group(root, "", 0)) {
        frames.end();
    }
}

}  // namespace lutra::hdf5
