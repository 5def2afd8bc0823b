package lull.console.pages;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/// Templates that write pages as HTML. Every value is escaped. Safe for several threads.
public final class Templates {

    private final PebbleEngine engine;

    /// @param clock for the age of what is shown
    public Templates(InstantSource clock, Links links) {
        ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
        loader.setPrefix("lull/console/templates");
        loader.setSuffix(".peb");
        this.engine = new PebbleEngine.Builder()
                .loader(loader)
                .strictVariables(true)
                .defaultLocale(Locale.ROOT)
                .extension(new PageExtension(clock, links))
                .build();
    }

    /// Returns a page or a part of one.
    ///
    /// @param name of the template
    /// @param model its values by name
    public String render(String name, Map<String, Object> model) {
        StringWriter page = new StringWriter();
        try {
            engine.getTemplate(name).evaluate(page, model, Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException("The template " + name + " cannot be read", e);
        }
        return page.toString();
    }
}
