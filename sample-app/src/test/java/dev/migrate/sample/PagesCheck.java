package dev.migrate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.migrate.sample.StubS3.Manner;
import dev.migrate.testapp.TestApplication;
import dev.migrate.testing.Requirement;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages of a real service in a real browser: what stands in them, at the width of a phone and of a desk, light and
 * dark. The pictures are left in {@code target/pages}; with {@code -Dpages.images=docs/images} those of the documentation
 * are taken anew. It needs a Chromium, and is skipped where there is none.
 */
class PagesCheck {

    private static final Path PICTURES = Path.of("target/pages");
    private static final int PHONE = 390;
    private static final int DESK = 1280;
    private static final int LARGEST = 100_000;

    /** The lowest contrast of a text with what is behind it, and that text. */
    private static final String CONTRAST =
            """
            (() => {
              const rgb = css => css.match(/[\\d.]+/g).map(Number);
              const light = c => { const f = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
                return .2126 * f(c[0]) + .7152 * f(c[1]) + .0722 * f(c[2]); };
              const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
                if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
              let worst = [99, ''];
              for (const e of document.body.querySelectorAll('*')) {
                const own = [...e.childNodes].filter(n => n.nodeType == 3).map(n => n.data.trim()).join('');
                if (!own) continue;
                const a = light(rgb(getComputedStyle(e).color)), b = light(behind(e));
                const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
                if (ratio < worst[0]) worst = [ratio, own];
              }
              return worst;
            })()
            """;

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void startBrowser() throws Exception {
        Optional<Path> program = Browser.find();
        Requirement.CHROMIUM.check(
                program.isPresent(), "no Chromium on the path, and " + Browser.VARIABLE + " names none");
        Files.createDirectories(PICTURES);
        browser = new Browser(program.orElseThrow(), folder.resolve("profile"));
    }

    @AfterAll
    static void endBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    /** A service that has lived for a while: four are applied, one of them at the third attempt. */
    private static Launch service(StubS3 s3, String... properties) {
        for (int i = 1; i <= 4; i++) {
            s3.put("cars/odin-dev/000" + i, "{}");
        }
        s3.put("cars/odin-dev/ledger.json", register(Instant.now()).replace('\'', '"'));
        return Launch.classes(TestApplication.class)
                .with(
                        "--migrate.ledger=s3://my-ledgers/cars",
                        "--migrate.s3.endpoint=" + s3.endpoint(),
                        "--migrate.s3.path-style-access=true",
                        "--migrate.environment=odin-dev",
                        "--migrate.deployment=build-142",
                        "--HOSTNAME=ip-10-0-3-57",
                        "--migrate.packages-only=dev.migrate.testapp.pages",
                        "--test.trace=" + folder.resolve("trace"),
                        "--management.endpoints.web.exposure.include=health,migrations")
                .with(properties);
    }

    private static String register(Instant now) {
        return "{'format': 1, 'environment': 'odin-dev', 'revision': 31, 'nonce': 'n', 'applied': ["
                + entry("0001", "CreateCars", 1, now.minusSeconds(7_776_000), 1_870, "build-97", "finishedAt")
                + "}, "
                + entry("0002", "PriceCars", 1, now.minusSeconds(7_775_990), 48_300, "build-97", "finishedAt")
                + "}, "
                + entry(
                        "0003",
                        "MoveImagesToTheirOwnBucket",
                        3,
                        now.minusSeconds(950_000),
                        412_000,
                        "build-120",
                        "finishedAt")
                + "}, "
                + entry(
                        "0004",
                        "BackfillPriceHistory",
                        1,
                        now.minusSeconds(260_000),
                        187_000,
                        "build-133",
                        "finishedAt")
                + "}], 'attempts': ["
                + entry("0003", "MoveImagesToTheirOwnBucket", 1, now.minusSeconds(960_500), 93_000, "build-118", "at")
                + ", 'what': 'FAILED', 'error': 'java.io.IOException: 503 Slow Down'}, "
                + entry("0003", "MoveImagesToTheirOwnBucket", 2, now.minusSeconds(954_000), 205_000, "build-119", "at")
                + ", 'what': 'INTERRUPTED', 'error': 'Its lease ran out.'}, "
                + entry("0003", "MoveImagesToTheirOwnBucket", 2, now.minusSeconds(951_500), 0, "build-119", "at")
                + ", 'what': 'RETRY', 'by': {'user': 'ada', 'host': 'laptop-7', 'pid': 4211}, 'reason':"
                + " 'half of the images were moved; the action skips these'}]}";
    }

    private static String entry(
            String id, String name, int attempt, Instant end, long tookMillis, String deployment, String ended) {
        return ("{'id': '%s', 'name': '%s', 'attempt': %d, 'token': '%s-%d', 'startedAt': '%s', '%s': '%s',"
                        + " 'deployment': '%s', 'owner': {'host': 'ip-10-0-3-%d', 'pid': 1}"
                        + (tookMillis == 0 ? "" : ", 'tookMillis': " + tookMillis))
                .formatted(
                        id,
                        name,
                        attempt,
                        id,
                        attempt,
                        end.minusMillis(tookMillis),
                        ended,
                        end,
                        deployment,
                        17 + attempt * 40);
    }

    private static void awaitState(Service service, String state) {
        service.awaitTrue(
                () -> service.get("/actuator/health").body().contains("\"status\"")
                        && JsonParser.parseString(
                                        service.get("/actuator/migrations").body())
                                .getAsJsonObject()
                                .getAsJsonObject("process")
                                .get("state")
                                .getAsString()
                                .equals(state),
                state);
    }

    /** Looks at a page in every way, and gives its text. */
    private static String look(Service service, String path, String name) throws IOException {
        String text = "";
        for (int width : new int[] {PHONE, DESK}) {
            for (boolean dark : new boolean[] {false, true}) {
                String picture = name + "-" + width + (dark ? "-dark" : "-light") + ".png";
                String address = "http://127.0.0.1:" + service.port() + path;
                Browser.Tab tab = browser.tab(width, dark).open(address);
                assertThat(tab.requests()).as("what is asked for").containsExactly(address);
                assertThat(tab.complaints().stream().filter(complaint -> !complaint.contains("503")))
                        .as("what the browser complains of")
                        .isEmpty();
                assertThat(tab.evaluate("document.documentElement.scrollWidth").getAsInt())
                        .as("the width of " + picture)
                        .isLessThanOrEqualTo(width);
                var contrast = tab.evaluate(CONTRAST).getAsJsonArray();
                assertThat(contrast.get(0).getAsDouble())
                        .as("the contrast of '" + contrast.get(1).getAsString() + "' in " + picture)
                        .isGreaterThanOrEqualTo(4.5);
                assertThat(tab.evaluate("document.documentElement.lang + document.querySelectorAll('h1').length"
                                        + " + document.querySelectorAll('script, img, link, iframe').length")
                                .getAsString())
                        .isEqualTo("en10");
                byte[] png = tab.picture();
                Files.write(PICTURES.resolve(picture), png);
                assertNotBlank(png, width, dark);
                text = tab.evaluate("document.body.innerText").getAsString();
            }
        }
        return text;
    }

    private static void assertNotBlank(byte[] png, int width, boolean dark) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(width);
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 3) {
            for (int x = 0; x < width; x++) {
                colours.add(image.getRGB(x, y));
            }
        }
        assertThat(colours).hasSizeGreaterThan(30);
        int corner = image.getRGB(1, 1) & 0xff;
        assertThat(corner < 128).as("dark").isEqualTo(dark);
    }

    /** Takes the upper part of a picture into the documentation, if that is asked for. */
    private static void document(String picture, String name) throws IOException {
        String images = System.getProperty("pages.images");
        if (images == null) {
            return;
        }
        BufferedImage whole = ImageIO.read(PICTURES.resolve(picture).toFile());
        BufferedImage part = whole.getSubimage(0, 0, whole.getWidth(), Math.min(whole.getHeight(), 1_200));
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(withFewColours(part), "png", png);
        assertThat(png.size()).as("the size of " + name).isLessThan(LARGEST);
        Path target = Path.of("..").resolve(images);
        Files.createDirectories(target);
        Files.write(target.resolve(name), png.toByteArray());
    }

    /** Text on a plain ground needs no more than a palette, and is a third as large with one. */
    private static BufferedImage withFewColours(BufferedImage image) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int rgb : image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())) {
            counts.merge(rgb, 1, Integer::sum);
        }
        int[] palette = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .limit(128)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        var model = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        var reduced = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                reduced.setRGB(x, y, image.getRGB(x, y)); // the nearest of the palette
            }
        }
        return reduced;
    }

    @Test
    void a_migration_runs() throws Exception {
        try (StubS3 s3 = new StubS3(Manner.FINE);
                Service service = service(s3, "--test.pages=wait").start()) {
            awaitState(service, "running");
            // The page is kept for five seconds, and progress is written once a second.
            service.awaitTrue(() -> service.get("/actuator/migrations").body().contains("1260 of 4002"), "progress");
            assertThat(look(service, "/cars", "gate-running"))
                    .contains("This service is starting", "migration 0005 runs", "UTC, for", "every 5 seconds")
                    .doesNotContain("EncodeColours");
            assertThat(look(service, "/actuator/migrations", "status-running"))
                    .contains("This process runs 0005 EncodeColours", "1260 of 4002 done")
                    .contains("0007", "DropOldPrices", "pending");
            document("gate-running-390-light.png", "gate-page-phone.png");
        }
    }

    @Test
    void a_migration_failed_and_later_a_new_deployment_mends_it() throws Exception {
        try (StubS3 s3 = new StubS3(Manner.FINE)) {
            failed(s3);
            mended(s3);
        }
    }

    private static void failed(StubS3 s3) throws IOException {
        try (Service service = service(s3, "--test.pages=fail").start()) {
            service.awaitBlocked();
            awaitState(service, "blocked");
            assertThat(look(service, "/cars", "gate-blocked"))
                    .contains("This service cannot start yet", "blocked by migration 0005", "every minute")
                    .doesNotContain("EncodeColours", "petrol", "build-142");
            assertThat(look(service, "/actuator/migrations", "status-blocked"))
                    .containsSubsequence("Startup is blocked", "petrol", "Action", "Deploy the fix", "Migrations")
                    .containsSubsequence("0005", "EncodeColours", "FAILED", "Events, latest first")
                    .containsSubsequence(
                            "petrol", "attempt 1, owner", "half of the images", "by ada (laptop-7, process 4211)");
            assertThat(look(service, "/actuator/migrations/0003", "status-one"))
                    .contains("0003 MoveImagesToTheirOwnBucket", "INTERRUPTED", "503 Slow Down")
                    .doesNotContain("CreateCars");
            document("status-blocked-1280-light.png", "status-page.png");
            document("status-blocked-390-dark.png", "status-page-phone.png");
        }
    }

    private static void mended(StubS3 s3) throws IOException {
        String register = s3.objects().get("cars/odin-dev/ledger.json");
        Launch launch = service(s3, "--test.pages=done", "--migrate.deployment=build-143");
        s3.put("cars/odin-dev/ledger.json", register);
        try (Service service = launch.start().awaitReady()) {
            assertThat(look(service, "/actuator/migrations", "status-open"))
                    .contains("This process is serving", "applied\n7", "FAILED", "petrol", "build-143")
                    .doesNotContain("Startup is blocked", "pending", "without a receipt");
            s3.becomes(Manner.DENIES);
            service.awaitTrue(
                    () -> service.get("/actuator/migrations").body().contains("\"error\""), "a reading that fails");
            assertThat(look(service, "/actuator/migrations", "status-denied"))
                    .containsSubsequence(
                            "The ledger cannot be read now", "access denied", "EncodeColours", "before this page");
        }
    }

    @Test
    void what_a_migration_is_called_or_throws_is_text_and_nothing_else() throws Exception {
        try (StubS3 s3 = new StubS3(Manner.FINE);
                Service service = service(s3, "--migrate.environment=hostile", "--migrate.gate.details=true")
                        .start()) {
            service.awaitBlocked();
            awaitState(service, "blocked");
            for (String path : List.of("/cars", "/actuator/migrations", "/actuator/migrations/0000")) {
                String text = look(service, path, "hostile" + path.replace('/', '-'));
                assertThat(text)
                        .contains("<script>document.title='taken over'</script><img src=x")
                        .contains("</p></dl><style>body{display:none}</style>");
            }
            Browser.Tab tab = browser.tab(DESK, false).open("http://127.0.0.1:" + service.port() + "/cars");
            assertThat(tab.evaluate("document.title").getAsString()).isEqualTo("This service cannot start yet");
            assertThat(look(service, "/cars", "gate-details")).contains("Action", "Owner", "Reason");
        }
    }
}
