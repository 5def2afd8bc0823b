package lull.bench.gap;

/// Normal equations of a weighted least-squares problem, solved by Cholesky's method.
final class Equations {

    private final double[][] matrix;
    private final double[] right;

    Equations(int unknowns) {
        this.matrix = new double[unknowns][unknowns];
        this.right = new double[unknowns];
    }

    /// Adds an observation.
    ///
    /// @param weight of the row's product with itself
    /// @param value what the row is multiplied with on the right side
    void add(double[] row, double weight, double value) {
        for (int i = 0; i < row.length; i++) {
            double scaled = row[i] * weight;
            for (int j = 0; j <= i; j++) {
                matrix[i][j] += scaled * row[j];
            }
            right[i] += row[i] * value;
        }
    }

    /// Keeps an unknown small.
    void penalize(int unknown, double penalty, double value) {
        matrix[unknown][unknown] += penalty;
        right[unknown] += value;
    }

    double[] solve() {
        int size = right.length;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i][k] * matrix[j][k];
                }
                matrix[i][j] = i == j ? Math.sqrt(sum) : sum / matrix[j][j];
            }
        }
        double[] solution = right.clone();
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                solution[i] -= matrix[i][k] * solution[k];
            }
            solution[i] /= matrix[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                solution[i] -= matrix[k][i] * solution[k];
            }
            solution[i] /= matrix[i][i];
        }
        return solution;
    }
}
