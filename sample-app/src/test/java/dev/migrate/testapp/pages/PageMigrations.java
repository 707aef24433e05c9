package dev.migrate.testapp.pages;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationContext;
import dev.migrate.ResumableAction;
import org.springframework.core.env.Environment;

/** What a service that has lived for a while may have, for pictures of it. Only the fifth ever runs here. */
final class PageMigrations {

    private PageMigrations() {}

    /** Applied long ago, so never made. */
    abstract static class Old implements MigrationAction {
        @Override
        public void migrate() {
            throw new AssertionError("applied already");
        }
    }

    @Migration("0001")
    static class CreateCars extends Old {}

    @Migration("0002")
    static class PriceCars extends Old {}

    @Migration("0003")
    static class MoveImagesToTheirOwnBucket extends Old {}

    @Migration("0004")
    static class BackfillPriceHistory extends Old {}

    /** Waits, fails or ends, as {@code test.pages} says. */
    @Migration("0005")
    record EncodeColours(Environment environment) implements ResumableAction {

        @Override
        public void migrate(MigrationContext context) throws InterruptedException {
            String what = environment.getRequiredProperty("test.pages");
            context.reportProgress(1_260, 4_002);
            if (what.equals("fail")) {
                throw new IllegalStateException("car 1261 has the colour 'petrol', which has no code");
            }
            while (what.equals("wait") && !context.isCancelled()) {
                Thread.sleep(20);
            }
        }
    }

    @Migration("0006")
    static class TellTheDealers implements MigrationAction {
        @Override
        public void migrate() {}
    }

    @Migration("0007")
    static class DropOldPrices implements MigrationAction {
        @Override
        public void migrate() {}
    }

    /** Its name and its message would be markup, if they were not escaped. */
    @Migration(
            value = "0000",
            environments = "hostile",
            name = "<script>document.title='taken over'</script><img src=x onerror=\"document.title='taken over'\">")
    static class Hostile implements MigrationAction {
        @Override
        public void migrate() {
            throw new IllegalStateException(
                    "</p></dl><style>body{display:none}</style><script>document.title='x'</script>");
        }
    }
}
