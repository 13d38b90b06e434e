package io.weir.e2e.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Drives the dashboard in Chromium as a user does; finds visible elements only. */
final class Browser implements AutoCloseable {

    /** The programs that must be on the path, with Debian's packages. */
    static final String NEEDED = "chromium and chromedriver (sudo apt-get install chromium chromium-driver)";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String AXE = resource("/axe.min.js");

    private final URI home;
    private final ChromeDriver driver;

    private Browser(URI home, ChromeDriver driver) {
        this.home = home;
        this.driver = driver;
    }

    static boolean isInstalled() {
        return program("chromium").isPresent() && program("chromedriver").isPresent();
    }

    /** Starts a browser that keeps its files in a directory of the test. */
    static Browser start(URI home, Path profile) {
        ChromeOptions options = new ChromeOptions()
                .setBinary(program("chromium").orElseThrow())
                .addArguments(
                        "--headless=new",
                        "--window-size=1280,860",
                        "--disable-background-networking",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + profile);
        if ("root".equals(System.getProperty("user.name"))) {
            options.addArguments("--no-sandbox");
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.SEVERE);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow())
                .build();
        return new Browser(home, new ChromeDriver(service, options));
    }

    /** Opens a place of the dashboard in a new page. */
    void open(String place) {
        driver.get("about:blank");
        driver.get(home.resolve("/") + place);
    }

    /** Returns the current place: the URL's fragment. */
    String place() {
        String url = driver.getCurrentUrl();
        return url.substring(url.indexOf('#'));
    }

    /** Waits for a visible element. */
    WebElement see(String css) {
        return await(css)
                .atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> visible(css).findFirst().orElse(null), found -> found != null);
    }

    /** Waits for a visible element that contains this text. */
    WebElement see(String css, String text) {
        return await(css + " with " + text)
                .atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .until(
                        () -> visible(css)
                                .filter(each -> each.getText().contains(text))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    /** Returns the current text of an element, even if the page replaces the element meanwhile. */
    String text(String css) {
        return await(css)
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(WebDriverException.class::isInstance)
                .until(() -> driver.findElement(By.cssSelector(css)).getText(), text -> !text.isEmpty());
    }

    /** Runs something with the screen of a phone, 390 x 844. */
    void onAPhone(Runnable then) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        try {
            then.run();
        } finally {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    long count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    Actions actions() {
        return new Actions(driver);
    }

    /** Returns the value that a script expression resolves to. */
    Object evaluate(String expression) {
        return driver.executeAsyncScript("const done = arguments[0]; Promise.resolve(" + expression
                + ").then(done, (e) => done('failed: ' + e));");
    }

    /** Returns axe-core's serious and critical accessibility faults. */
    List<?> faults() {
        driver.executeScript(AXE);
        Object found = evaluate("axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations"
                + ".filter(({ impact }) => ['serious', 'critical'].includes(impact))"
                + ".map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`))");
        assertThat(found).isInstanceOf(List.class);
        return (List<?>) found;
    }

    /**
     * Returns the errors that the browser has logged since the last call: script errors, forbidden or missing files.
     */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getMessage())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }

    private Stream<WebElement> visible(String css) {
        return driver.findElements(By.cssSelector(css)).stream().filter(WebElement::isDisplayed);
    }

    private static Optional<File> program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toFile)
                .findFirst();
    }

    private static String resource(String name) {
        try (InputStream in = Browser.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
