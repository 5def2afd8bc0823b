package lull.local;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Links of a Markdown page to other files of the same checkout or archive.
final class PageLinks {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    private PageLinks() {}

    /// A link.
    ///
    /// @param target relative to the same folder as the page
    record Link(Path page, Path target) {}

    /// The links of a page, except those to other hosts and to parts of the page itself.
    ///
    /// @param root the folder of the checkout or archive
    /// @param page relative to it
    static List<Link> of(Path root, Path page) {
        return LINK.matcher(Sources.read(root.resolve(page)))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.contains("://"))
                .map(target -> new Link(page, page.resolveSibling(target).normalize()))
                .toList();
    }
}
