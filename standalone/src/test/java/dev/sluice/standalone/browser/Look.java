package dev.sluice.standalone.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

import static org.assertj.core.api.Assertions.assertThat;

/// What every page has to be, whatever it shows: within its window, in one language, without a programmer's words, and usable by those who
/// see little or nothing.
final class Look {
    private static final List<Integer> WIDTHS = List.of(360, 768, 1440);
    private static final int HEIGHT = 900;
    private static final String AXE = script();
    private static final String FINDINGS = """
            async () => { document.getAnimations().filter(each => each instanceof CSSTransition).forEach(each => each.finish());
                return (await axe.run(document, {resultTypes: ['violations']})).violations
                .filter(found => found.impact === 'serious' || found.impact === 'critical')
                .flatMap(found => found.nodes.map(node => `${found.id}: ${node.html.slice(0, 160)} (${node.failureSummary})`)); }""";
    private static final String WIDER = """
            () => [...document.querySelectorAll('body *')].filter(each => document.documentElement.scrollWidth > innerWidth
                && each.getBoundingClientRect().right > innerWidth + 1).map(each => each.outerHTML.slice(0, 120)).slice(0, 5)
                .concat(document.documentElement.scrollWidth > innerWidth ? [`page is ${document.documentElement.scrollWidth} wide`] : [])""";
    /// What is read, and what is read out; not what is set as code, such as numbers, evidence, and the doctor's codes beside their sentences.
    private static final String TEXTS = """
            () => { const codes = [...document.querySelectorAll('code, pre, .mono')]; codes.forEach(code => code.hidden = true);
                try { return texts(); } finally { codes.forEach(code => code.hidden = false); }
                function texts() { return [document.title, document.body.innerText, ...[...document.querySelectorAll('[aria-label],[placeholder],[title],[alt]')]
                .flatMap(each => ['aria-label', 'placeholder', 'title', 'alt'].map(name => each.getAttribute(name)))].filter(Boolean).join('\\n'); } }""";
    /// Variables of the environment have names that operators know.
    private static final Pattern PROGRAMMERS = Pattern
            .compile("\\b(undefined|NaN|null|\\[object \\w+]|(?!SLUICE_)[A-Z]{3,}(_[A-Z0-9]+)+|\\w+Exception|Infinity)\\b");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}+");
    /// Names, the subject that a merchant sets, and the button that leads to the other language.
    private static final Pattern NAMES_IN_ENGLISH = Pattern.compile("陶然|切换到中文|中文|服务充值");
    /// A sentence: three words or more, not a number, an address or a name.
    private static final Pattern ENGLISH = Pattern.compile("\\b[A-Za-z]?[a-z’']+( [a-z’']+){2,}");

    private Look() {}

    /// Looks at what a page shows now.
    static void at(Page page, String what, String language) {
        reads(page, what, language);
        var before = Objects.requireNonNull(page.viewportSize());
        for (int width : WIDTHS) {
            page.setViewportSize(width, HEIGHT);
            assertThat((List<?>) page.evaluate(WIDER)).as(what + " at " + width).isEmpty();
        }
        page.setViewportSize(before.width, before.height);
    }

    /// In one language, without a programmer's words.
    static void reads(Page page, String what, String language) {
        String texts = (String) page.evaluate(TEXTS);
        assertThat(PROGRAMMERS.matcher(texts).results().map(found -> found.group()).distinct()).as(what).isEmpty();
        Pattern other = language.equals("en") ? CHINESE : ENGLISH;
        assertThat(other.matcher(NAMES_IN_ENGLISH.matcher(texts).replaceAll("")).results().map(found -> found.group()).distinct())
                .as(what + " in the other language").isEmpty();
    }

    /// No serious finding of axe in either theme.
    static void isForAll(Page page, String what) {
        page.evaluate(AXE);
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme).setReducedMotion(ReducedMotion.REDUCE));
            assertThat((List<?>) page.evaluate(FINDINGS)).as(what + " " + theme).isEmpty();
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    private static String script() {
        try (var in = Objects.requireNonNull(Look.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + ";true";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
